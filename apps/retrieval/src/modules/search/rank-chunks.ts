import type { Database, Transaction } from '@llmops/db';
import { DATABASE } from '@llmops/platform';
import type { RequestContext } from '@llmops/platform/context';
import { Inject, Injectable } from '@nestjs/common';
import { CandidateRepository, type FoundChunk } from './candidate.repository.ts';
import type { ChosenArms } from './choose-arms.ts';
import { ExpandHits } from './expand-hits.ts';
import { mostListed } from './list-scope.ts';
import { diversify, fuse, onePerDocument } from './order-hits.ts';
import type { QueryVector } from './query-embedder.ts';
import { appendTail, type Head, headSize, type Ordered, type Reranked, RerankHits } from './rerank-hits.ts';
import { type ArmsFound, type ArmsQuery, RunArms } from './run-arms.ts';
import type { Scope } from './scope.ts';
import type { SearchHit, SearchInput, SearchOutcome } from './search-input.ts';
import { type ResolvedSearch, resolveSearch } from './search-settings.ts';
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

interface Candidates {
  found: ArmsFound;
  head: Head;
  tail: Ordered[];
}

const mostDiversified = 400;
/** Of each arm, where one result a document asks for more than usual. */
const mostCandidates = 10_000;

/** From arms to results. */
@Injectable()
export class RankChunks {
  constructor(
    @Inject(DATABASE) private readonly database: Database,
    private readonly arms: RunArms,
    private readonly candidates: CandidateRepository,
    private readonly reranker: RerankHits,
    private readonly expansion: ExpandHits,
  ) {}

  async run(ctx: RequestContext, query: RankQuery): Promise<SearchOutcome> {
    const { target, input, timings } = query;
    const settings = resolveSearch(target.searchSettings, input.settings, input.k);
    const { filter, principals } = input;
    const scope: Scope = { knowledgeBaseId: target.knowledgeBaseId, filter, principals };
    const { found, head, tail } = await this.database.tx(ctx, (tx) =>
      this.#candidates(tx, ctx, query, scope, settings),
    );
    const asked = { text: input.query, terms: found.terms };
    // Between the transactions: a cross-encoder takes its time.
    const reranked = await timings.measure('rerank', () => this.reranker.run(ctx, settings, asked, head));
    const ordered = appendTail(reranked.items, tail);
    const hits = await this.database.tx(ctx, (tx) => this.#results(tx, query, scope, { found, ordered, reranked }));
    return {
      target,
      hits,
      arms: found.reports,
      timings: timings.list(),
      fusion: settings.fusion,
      reranker: reranked.name,
      support: supportOf(found),
      minSupport: settings.minSupport,
      matchingChunks: found.chunks.count > mostListed ? -1 : found.chunks.count,
    };
  }

  async #candidates(
    tx: Transaction,
    { projectId }: RequestContext,
    { target, arms, input, vectors, timings }: RankQuery,
    scope: Scope,
    settings: ResolvedSearch,
  ): Promise<Candidates> {
    const { candidates } = settings;
    const asked = { projectId, target, scope, arms, query: input.query, vectors, candidates };
    const found = await this.#runArms(tx, asked, input, timings);
    const fused = await timings.measure('fuse', async () => fuse(found.reports, settings));
    const order = fused.map(({ id, score }) => ({ ordinal: id, score }));
    if (settings.rerank === 'none')
      return { found, head: { items: [], chunks: new Map(), vectors: new Map() }, tail: order };
    const items = order.slice(0, headSize);
    const ordinals = items.map(({ ordinal }) => ordinal);
    return timings.measure('load', async () => {
      const chunks = await this.#load(tx, target, scope, ordinals);
      const own = await this.reranker.vectors(tx, target.indexVersionId, arms.dense, ordinals);
      const present = items.filter(({ ordinal }) => chunks.has(ordinal));
      return { found, head: { items: present, chunks, vectors: own }, tail: order.slice(headSize) };
    });
  }

  /** With one result a document, until what was found is of k documents or there is no more: one may be all that is near. */
  async #runArms(tx: Transaction, query: ArmsQuery, input: SearchInput, timings: Timings): Promise<ArmsFound> {
    for (let { candidates } = query; ; candidates = Math.min(candidates * 4, mostCandidates)) {
      const found = await this.arms.run(tx, { ...query, candidates }, timings);
      if (!input.onePerDocument || candidates >= mostCandidates) return found;
      const hasMore = found.reports.some((arm) => arm.found.length >= candidates);
      const documents = new Set(found.reports.flatMap((arm) => arm.found.map(({ documentId }) => documentId)));
      if (!hasMore || documents.size >= input.k) return found;
    }
  }

  async #results(
    tx: Transaction,
    query: RankQuery,
    scope: Scope,
    { found, ordered, reranked }: { found: ArmsFound; ordered: Ordered[]; reranked: Reranked },
  ): Promise<SearchHit[]> {
    const { target, input, timings } = query;
    return timings.measure('load', async () => {
      const selected = await this.#select(tx, query, found, ordered);
      // Read again also where the head has them: what was deleted meanwhile is in no result.
      const chunks = new Map<number, FoundChunk>();
      for (let at = 0; at < selected.length && chunks.size < input.k; at += input.k) {
        const ordinals = selected.slice(at, at + input.k).map(({ ordinal }) => ordinal);
        for (const [ordinal, chunk] of await this.#load(tx, target, scope, ordinals)) chunks.set(ordinal, chunk);
      }
      const places = placesOf(found);
      const hits = selected.flatMap((item) => {
        const chunk = chunks.get(item.ordinal);
        return chunk ? [toHit(chunk, item.score, places.get(item.ordinal) ?? [])] : [];
      });
      const explained = input.explain ? hits.map((hit) => explain(hit, found, reranked)) : hits;
      return this.expansion.run(tx, target.indexVersionId, scope, explained.slice(0, input.k), input);
    });
  }

  async #select(tx: Transaction, query: RankQuery, found: ArmsFound, ordered: Ordered[]): Promise<Ordered[]> {
    const { input, target } = query;
    const documents = new Map(
      found.reports.flatMap((arm) => arm.found.map(({ ordinal, documentId }) => [ordinal, documentId])),
    );
    const distinct = input.onePerDocument ? onePerDocument(ordered, (ordinal) => documents.get(ordinal)!) : ordered;
    if (input.mmrLambda === undefined || input.mmrLambda === 1) return distinct;
    const pool = distinct.slice(0, Math.min(mostDiversified, Math.max(50, input.k * 4)));
    // Also where the query was not embedded: these are vectors of the chunks.
    const slot = query.arms.dense[0]?.slot ?? 0;
    const ordinals = pool.map(({ ordinal }) => ordinal);
    const vectors = target.models[slot]
      ? await this.candidates.vectors(tx, target.indexVersionId, slot, ordinals)
      : new Map<number, Float32Array>();
    return [...diversify(pool, vectors, input.mmrLambda, pool.length), ...distinct.slice(pool.length)];
  }

  async #load(
    tx: Transaction,
    { indexVersionId }: SearchTarget,
    scope: Scope,
    ordinals: readonly number[],
  ): Promise<Map<number, FoundChunk>> {
    const chunks = await this.candidates.load(tx, indexVersionId, scope, ordinals);
    return new Map(chunks.map((chunk) => [chunk.ordinal, chunk]));
  }
}

/** Where each arm put each chunk. */
function placesOf({ reports }: ArmsFound): Map<number, SearchHit['armScores']> {
  const places = new Map<number, SearchHit['armScores']>();
  for (const { name, found } of reports) {
    for (const [index, { ordinal, score }] of found.entries()) {
      places.set(ordinal, [...(places.get(ordinal) ?? []), { arm: name, rank: index + 1, score }]);
    }
  }
  return places;
}

function toHit(chunk: FoundChunk, score: number, armScores: SearchHit['armScores']): SearchHit {
  const { text, start, end } = chunk;
  return { score, chunk, armScores, text, start, end, features: {}, matchedTerms: [] };
}

const explain = (hit: SearchHit, { matched }: ArmsFound, { features }: Reranked): SearchHit => ({
  ...hit,
  features: {
    ...Object.fromEntries(hit.armScores.map(({ arm, score }) => [arm, score])),
    ...features.get(hit.chunk.ordinal),
  },
  matchedTerms: [...(matched.get(hit.chunk.ordinal) ?? [])],
});
