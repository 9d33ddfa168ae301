import type { Transaction } from '@llmops/db';
import type { RequestContext } from '@llmops/platform/context';
import { Inject, Injectable } from '@nestjs/common';
import type { WeightedTerm } from '../../lexical/index.ts';
import { INFERENCE, type Inference } from '../../peers.ts';
import { rerank } from '../../rerank/index.ts';
import { CandidateRepository, type FoundChunk } from './candidate.repository.ts';
import type { DenseArm } from './choose-arms.ts';
import type { ResolvedSearch } from './search-settings.ts';

/** A candidate on its way to being a result. */
export interface Ordered {
  ordinal: number;
  score: number;
}

/** The first of the fused order, with all that a reranker looks at. */
export interface Head {
  items: Ordered[];
  chunks: ReadonlyMap<number, FoundChunk>;
  /** By ordinal, then by model. */
  vectors: ReadonlyMap<number, Record<string, Float32Array>>;
}

export interface Reranked {
  /** Its own name, as the response has it. */
  name: string;
  items: Ordered[];
  features: ReadonlyMap<number, Record<string, number>>;
}

/** Later ones are hardly ever among the first ten. */
export const headSize = 50;
const patienceMs = 20_000;

/** Puts the first candidates in a better order. */
@Injectable()
export class RerankHits {
  constructor(
    @Inject(INFERENCE) private readonly inference: Inference,
    private readonly candidates: CandidateRepository,
  ) {}

  /** Vectors of the head, which the reranker of our own compares. */
  async vectors(
    tx: Transaction,
    indexVersionId: string,
    arms: readonly DenseArm[],
    ordinals: readonly number[],
  ): Promise<Head['vectors']> {
    const found = new Map<number, Record<string, Float32Array>>();
    for (const { model, slot } of arms) {
      const vectors = await this.candidates.vectors(tx, indexVersionId, slot, ordinals);
      for (const [ordinal, vector] of vectors) found.set(ordinal, { ...found.get(ordinal), [model.name]: vector });
    }
    return found;
  }

  /** A cross-encoder that does not answer is replaced by the reranker of our own. */
  async run(
    ctx: RequestContext,
    settings: ResolvedSearch,
    query: { text: string; terms: readonly WeightedTerm[] },
    head: Head,
  ): Promise<Reranked> {
    if (settings.rerank === 'none' || head.items.length < 2)
      return { name: 'none', items: head.items, features: new Map() };
    if (settings.rerank === 'model' && settings.rerankModel !== '') {
      const ranked = await this.#byModel(ctx, settings.rerankModel, query.text, head);
      if (ranked) return ranked;
    }
    return byFeatures(query.terms, head);
  }

  async #byModel(
    ctx: RequestContext,
    model: string,
    query: string,
    { items, chunks }: Head,
  ): Promise<Reranked | undefined> {
    const documents = items.map(({ ordinal }) => textOf(chunks.get(ordinal)!));
    try {
      const patient = {
        ...ctx,
        deadlineMs: Math.min(ctx.deadlineMs ?? Number.POSITIVE_INFINITY, Date.now() + patienceMs),
      };
      const { scores } = await this.inference.rerank(patient, { model, query, documents });
      const ranked = items.map(({ ordinal }, i) => ({ ordinal, score: scores[i]!.score, logit: scores[i]!.logit }));
      ranked.sort((one, other) => other.logit - one.logit);
      const features = new Map(ranked.map(({ ordinal, logit }) => [ordinal, { logit }]));
      return { name: model, items: ranked.map(({ ordinal, score }) => ({ ordinal, score })), features };
    } catch (error) {
      if (ctx.signal.aborted) throw error;
      return undefined;
    }
  }
}

function byFeatures(terms: readonly WeightedTerm[], { items, chunks, vectors }: Head): Reranked {
  const candidates = items.map(({ ordinal, score }) => {
    const { title, headingPath, prefix, text } = chunks.get(ordinal)!;
    return { ordinal, score, title, headingPath, text: prefix + text, vectors: vectors.get(ordinal) };
  });
  const ranked = rerank({ terms }, candidates);
  return {
    name: 'features',
    items: ranked.map(({ ordinal, score }) => ({ ordinal, score })),
    features: new Map(ranked.map(({ ordinal, features }) => [ordinal, { ...features }])),
  };
}

const textOf = ({ title, headingPath, prefix, text }: FoundChunk): string =>
  [title, headingPath.at(-1) ?? '', prefix + text].filter((part) => part !== '').join('\n');

/** The rest comes after the head, on its scale. */
export function appendTail(head: readonly Ordered[], tail: readonly Ordered[]): Ordered[] {
  const least = head.at(-1)?.score ?? 1;
  const most = tail[0]?.score ?? 1;
  const scale = most > 0 ? Math.max(0, least) / most : 0;
  return [...head, ...tail.map(({ ordinal, score }) => ({ ordinal, score: score * scale }))];
}
