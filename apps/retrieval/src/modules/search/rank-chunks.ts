import type { Transaction } from '@llmops/db';
import type { RequestContext } from '@llmops/platform/context';
import { Injectable } from '@nestjs/common';
import type { FusedItem } from '../../fusion/index.ts';

import { CandidateRepository, type FoundChunk } from './candidate.repository.ts';
import type { ChosenArms } from './choose-arms.ts';
import { ExpandHits } from './expand-hits.ts';
import { mostListed } from './list-scope.ts';
import { diversify, fuse, onePerDocument } from './order-hits.ts';
import type { QueryVector } from './query-embedder.ts';
import { type ArmsFound, RunArms } from './run-arms.ts';
import type { Scope } from './scope.ts';
import type { SearchHit, SearchInput, SearchOutcome } from './search-input.ts';
import { resolveSearch } from './search-settings.ts';
import type { SearchTarget } from './search-target.repository.ts';
import { supportOf } from './support-of.ts';
import type { Timings } from './timings.ts';

export interface RankQuery {
  target: SearchTarget;
  arms: ChosenArms;
  input: SearchInput;
  vectors: ReadonlyMap<string, QueryVector>;
  timings: Timings;
}

interface Ordered {
  ordinal: number;
  score: number;
  arms: FusedItem<number>['arms'];
}

const mostDiversified = 400;

/** From arms to results: one transaction of reads. */
@Injectable()
export class RankChunks {
  constructor(
    private readonly arms: RunArms,
    private readonly candidates: CandidateRepository,
    private readonly expansion: ExpandHits,
  ) {}

  async run(tx: Transaction, ctx: RequestContext, query: RankQuery): Promise<SearchOutcome> {
    const { target, input, timings } = query;
    const settings = resolveSearch(target.searchSettings, input.settings, input.k);
    const scope: Scope = {
      knowledgeBaseId: target.knowledgeBaseId,
      filter: input.filter,
      principals: input.principals,
    };
    const { projectId } = ctx;
    const asked = { projectId, target, scope, arms: query.arms, query: input.query, vectors: query.vectors };
    const found = await this.arms.run(tx, { ...asked, candidates: settings.candidates }, timings);
    const fused = await timings.measure('fuse', async () => fuse(found.reports, settings));
    const ordered = fused.map(({ id, score, arms }) => ({ ordinal: id, score, arms }));
    const selected = await this.#select(tx, query, found, ordered);
    const chunks = await timings.measure('load', () => this.#load(tx, target, scope, selected, input.k));
    const plain = chunks.map(({ chunk, item }) => toHit(chunk, item, found, input.explain));
    const hits = await timings.measure('load', () =>
      this.expansion.run(tx, target.indexVersionId, scope, plain, input),
    );
    return {
      target,
      hits,
      arms: found.reports,
      timings: timings.list(),
      fusion: settings.fusion,
      reranker: 'none',
      support: supportOf(found),
      minSupport: settings.minSupport,
      matchingChunks: found.chunks.count > mostListed ? -1 : found.chunks.count,
    };
  }

  /** More than k where there are: some may be gone when they are read. */
  async #select(tx: Transaction, query: RankQuery, found: ArmsFound, ordered: Ordered[]): Promise<Ordered[]> {
    const { input, target } = query;
    const documents = new Map(
      found.reports.flatMap((arm) => arm.found.map(({ ordinal, documentId }) => [ordinal, documentId])),
    );
    const distinct = input.onePerDocument ? onePerDocument(ordered, (ordinal) => documents.get(ordinal)!) : ordered;
    if (input.mmrLambda === undefined || input.mmrLambda === 1) return distinct;
    const pool = distinct.slice(0, Math.min(mostDiversified, Math.max(50, input.k * 4)));
    const [arm] = query.arms.dense;
    const ordinals = pool.map(({ ordinal }) => ordinal);
    const vectors = arm
      ? await this.candidates.vectors(tx, target.indexVersionId, arm.slot, ordinals)
      : new Map<number, Float32Array>();
    return diversify(pool, vectors, input.mmrLambda, pool.length);
  }

  async #load(
    tx: Transaction,
    { indexVersionId }: SearchTarget,
    scope: Scope,
    selected: readonly Ordered[],
    k: number,
  ): Promise<{ chunk: FoundChunk; item: Ordered }[]> {
    const loaded: { chunk: FoundChunk; item: Ordered }[] = [];
    for (let at = 0; at < selected.length && loaded.length < k; ) {
      const batch = selected.slice(at, at + k - loaded.length);
      at += batch.length;
      const ordinals = batch.map(({ ordinal }) => ordinal);
      const chunks = await this.candidates.load(tx, indexVersionId, scope, ordinals);
      const byOrdinal = new Map(chunks.map((chunk) => [chunk.ordinal, chunk]));
      for (const item of batch) {
        const chunk = byOrdinal.get(item.ordinal);
        if (chunk) loaded.push({ chunk, item });
      }
    }
    return loaded;
  }
}

function toHit(chunk: FoundChunk, { score, arms }: Ordered, found: ArmsFound, explain: boolean): SearchHit {
  const armScores = found.reports.flatMap(({ name }) => (arms[name] ? [{ arm: name, ...arms[name] }] : []));
  const features: Record<string, number> = explain
    ? Object.fromEntries(armScores.map((each) => [each.arm, each.score]))
    : {};
  const matchedTerms = explain ? [...(found.matched.get(chunk.ordinal) ?? [])] : [];
  return { score, chunk, armScores, text: chunk.text, start: chunk.start, end: chunk.end, features, matchedTerms };
}
