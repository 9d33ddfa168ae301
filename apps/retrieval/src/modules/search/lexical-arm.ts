import type { Transaction } from '@llmops/db';
import { Injectable } from '@nestjs/common';
import type { LexicalHit, WeightedTerm } from '../../lexical/index.ts';
import { CandidateRepository, type VisibleChunk } from './candidate.repository.ts';
import type { ScopeChunks } from './list-scope.ts';
import type { Scope } from './scope.ts';
import type { SearchTarget } from './search-target.repository.ts';
import { SegmentCache } from './segment-cache.ts';

export interface LexicalFound {
  hits: LexicalHit[];
  terms: WeightedTerm[];
  /** Those of the hits that were asked for already; all of them unless the scope was a list. */
  visible: ReadonlyMap<number, VisibleChunk>;
}

const mostFetched = 100_000;

/** BM25 over the segments in memory, and the scope: as a list where it is one, else asked of what was found. */
@Injectable()
export class LexicalArm {
  constructor(
    private readonly segments: SegmentCache,
    private readonly candidates: CandidateRepository,
  ) {}

  async search(
    tx: Transaction,
    target: SearchTarget,
    scope: Scope,
    chunks: ScopeChunks,
    query: string,
    k: number,
  ): Promise<LexicalFound> {
    const { indexVersionId } = target;
    if (chunks.listed) {
      const allowed = chunks.listed.ordinals;
      return this.segments.withIndex(tx, indexVersionId, (index) => ({
        hits: index.search(query, { k, allowed }),
        terms: index.terms(query),
        visible: new Map(),
      }));
    }
    const share = chunks.isAll ? 1 : Math.max(0.01, Math.min(1, chunks.count / Math.max(1, target.chunkCount)));
    for (let fetch = Math.ceil((k * 1.1) / share) + 10; ; fetch *= 4) {
      const most = Math.min(fetch, mostFetched);
      const found = await this.segments.withIndex(tx, indexVersionId, (index) => ({
        hits: index.search(query, { k: most }),
        terms: index.terms(query),
      }));
      const visible = await this.#visible(tx, indexVersionId, scope, found.hits);
      const hits = found.hits.filter(({ ordinal }) => visible.has(ordinal));
      if (hits.length >= k || found.hits.length < most || most === mostFetched) {
        return { hits: hits.slice(0, k), terms: found.terms, visible };
      }
    }
  }

  /** Segments still hold chunks whose documents changed or went; those are remembered, for the next search to pass over. */
  async #visible(
    tx: Transaction,
    indexVersionId: string,
    scope: Scope,
    hits: readonly LexicalHit[],
  ): Promise<Map<number, VisibleChunk>> {
    const ordinals = hits.map(({ ordinal }) => ordinal);
    const visible = await this.candidates.visible(tx, indexVersionId, scope, ordinals);
    const hidden = ordinals.filter((ordinal) => !visible.has(ordinal));
    if (hidden.length > 0) {
      const existing = await this.candidates.existing(tx, indexVersionId, hidden);
      this.segments.forget(
        indexVersionId,
        hidden.filter((ordinal) => !existing.has(ordinal)),
      );
    }
    return visible;
  }
}
