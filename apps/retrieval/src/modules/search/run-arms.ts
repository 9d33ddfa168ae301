import type { Transaction } from '@llmops/db';
import { Injectable } from '@nestjs/common';
import { LexicalError, type WeightedTerm } from '../../lexical/index.ts';
import { choosePlan } from '../../vectors/index.ts';
import { CandidateRepository } from './candidate.repository.ts';
import { type ChosenArms, type DenseArm, lexicalArm } from './choose-arms.ts';
import { LexicalArm, type LexicalFound } from './lexical-arm.ts';
import type { ScopeChunks } from './list-scope.ts';
import { nearestChunks, type ScoredChunk } from './nearest-chunks.ts';
import type { QueryVector } from './query-embedder.ts';
import type { Scope } from './scope.ts';
import { ScopeChunksReader } from './scope-chunks.ts';
import type { ArmReport } from './search-input.ts';
import type { SearchTarget } from './search-target.repository.ts';
import type { Timings } from './timings.ts';

export interface ArmsQuery {
  projectId: string;
  target: SearchTarget;
  scope: Scope;
  arms: ChosenArms;
  query: string;
  /** By model. */
  vectors: ReadonlyMap<string, QueryVector>;
  /** Of each arm, at most. */
  candidates: number;
}

export interface ArmsFound {
  reports: ArmReport[];
  chunks: ScopeChunks;
  /** Of the query, and those that each chunk of the lexical arm has. */
  terms: WeightedTerm[];
  matched: ReadonlyMap<number, readonly string[]>;
}

interface RawArm extends Omit<ArmReport, 'found'> {
  found: ScoredChunk[];
}

/** Runs the arms of one search and lets nothing through that the caller may not see. */
@Injectable()
export class RunArms {
  constructor(
    private readonly scopes: ScopeChunksReader,
    private readonly lexical: LexicalArm,
    private readonly candidates: CandidateRepository,
  ) {}

  async run(tx: Transaction, query: ArmsQuery, timings: Timings, isRetry = false): Promise<ArmsFound> {
    const { projectId, target, scope } = query;
    const chunks = await timings.measure('filter', () => this.scopes.read(tx, projectId, target, scope));
    const raw: RawArm[] = [];
    let lexical: LexicalFound = { hits: [], terms: [], visible: new Map() };
    if (query.arms.lexical) {
      const { found, arm } = await timings.measure('lexical', () => this.#lexical(tx, query, chunks));
      lexical = found;
      raw.push(arm);
    }
    for (const arm of query.arms.dense) {
      raw.push(await timings.measure('dense', () => this.#dense(tx, query, chunks, arm)));
    }
    const ordinals = [...new Set(raw.flatMap(({ found }) => found.map(({ ordinal }) => ordinal)))];
    const unasked = ordinals.filter((ordinal) => !lexical.visible.has(ordinal));
    const asked = await timings.measure('filter', () =>
      this.candidates.visible(tx, target.indexVersionId, scope, unasked),
    );
    const visible = new Map([...lexical.visible, ...asked]);
    const isStale = ordinals.some((ordinal) => !visible.has(ordinal));
    if (isStale && chunks.listed && !isRetry) {
      // The list is of a moment ago. What changed is left out in any case; asked again, what it displaced comes in.
      this.scopes.forget(projectId, target, scope);
      return this.run(tx, query, timings, true);
    }
    const reports = raw.map(
      (arm): ArmReport => ({
        ...arm,
        found: arm.found.flatMap((scored) => {
          const chunk = visible.get(scored.ordinal);
          return chunk ? [{ ...scored, id: chunk.id, documentId: chunk.documentId }] : [];
        }),
      }),
    );
    const matched = new Map(lexical.hits.map(({ ordinal, terms }) => [ordinal, terms]));
    return { reports, chunks, terms: lexical.terms, matched };
  }

  async #lexical(
    tx: Transaction,
    { target, scope, query, candidates }: ArmsQuery,
    chunks: ScopeChunks,
  ): Promise<{ found: LexicalFound; arm: RawArm }> {
    const start = performance.now();
    const arm = { name: lexicalArm, used: true, note: '', plan: 'bm25' as const, found: [] };
    try {
      const found = await this.lexical.search(tx, target, scope, chunks, query, candidates);
      const note = found.terms.length === 0 ? 'the query has no words' : '';
      return { found, arm: { ...arm, note, durationMs: performance.now() - start, found: found.hits } };
    } catch (error) {
      if (!(error instanceof LexicalError)) throw error;
      const note = `the lexical index cannot be read (${error.code}): build a new index version`;
      const failed = { ...arm, used: false, note, plan: '' as const, durationMs: performance.now() - start };
      return { found: { hits: [], terms: [], visible: new Map() }, arm: failed };
    }
  }

  async #dense(tx: Transaction, query: ArmsQuery, chunks: ScopeChunks, { model, slot }: DenseArm): Promise<RawArm> {
    const { target, scope, candidates: k } = query;
    const start = performance.now();
    const asked = query.vectors.get(model.name) ?? { problem: `${model.name} was not asked` };
    const report = { name: model.name, note: '', plan: '' as const, found: [] };
    if ('problem' in asked) return { ...report, used: false, note: asked.problem, durationMs: 0 };
    const plan = choosePlan({
      total: target.chunkCount,
      matching: chunks.count,
      isListed: chunks.listed !== undefined,
      k,
      hasHnsw: target.hnswSlots.includes(slot),
    });
    const { indexVersionId } = target;
    const { dimensions } = model;
    const dense = { indexVersionId, slot, dimensions, vector: asked.vector, scope, chunks, plan, k };
    const found = await nearestChunks(tx, dense);
    const isShort = plan.kind === 'hnsw' && found.length < Math.min(k, chunks.count);
    // The graph gave up before it had met enough that the scope lets through.
    const whole = isShort ? await nearestChunks(tx, { ...dense, plan: { kind: 'exact' } }) : found;
    const kind = isShort ? 'exact' : plan.kind;
    return { ...report, used: true, plan: kind, durationMs: performance.now() - start, found: whole };
  }
}
