import type { Transaction } from '@llmops/db';
import { SqlValues } from '../../filter/index.ts';
import { encodeHalfvec, type VectorPlan } from '../../vectors/index.ts';
import { vectorPartition } from './index-literal.ts';
import type { ScopeChunks } from './list-scope.ts';
import { type Scope, scopeSql } from './scope.ts';

/** All that a transaction is needed for here. */
type Reader = Pick<Transaction, 'client'>;

export interface DenseQuery {
  indexVersionId: string;
  slot: number;
  dimensions: number;
  vector: ArrayLike<number>;
  scope: Scope;
  /** A list is used where there is one. */
  chunks: Pick<ScopeChunks, 'listed'>;
  plan: VectorPlan;
  k: number;
}

export interface ScoredChunk {
  /** The chunk's. */
  ordinal: number;
  score: number;
}

interface DistanceRow {
  ordinal: string;
  distance: number;
}

/** Of the connections, whose settings are `denseSettings`. */
const usualEf = 100;

/** For every connection: the graph goes on until there are enough; nearly sorted is enough, for results are sorted here. */
export const denseSettings = `set hnsw.iterative_scan = 'relaxed_order'; set hnsw.ef_search = ${usualEf};
  set hnsw.max_scan_tuples = 100000; set hnsw.scan_mem_multiplier = 4; set jit = off`;

/** The nearest chunks by cosine, best first, equal ones by ordinal. */
export async function nearestChunks(tx: Reader, query: DenseQuery): Promise<ScoredChunk[]> {
  const { plan, k } = query;
  const rows = plan.kind === 'exact' ? await exact(tx, query) : await approximate(tx, query, plan.efSearch);
  const scored = rows.map(({ ordinal, distance }) => ({ ordinal: Number(ordinal), score: 1 - distance }));
  // A vector of zeros has no direction: its distance is NaN.
  const valid = scored.filter(({ score }) => !Number.isNaN(score));
  return valid.sort((one, other) => other.score - one.score || one.ordinal - other.ordinal).slice(0, k);
}

/** Materialised, so that the planner cannot take the graph for the order. */
async function exact(tx: Reader, query: DenseQuery): Promise<DistanceRow[]> {
  const { indexVersionId, slot, dimensions, vector, scope, chunks, k } = query;
  const values = new SqlValues();
  const distance = `v.embedding::halfvec(${dimensions}) <=> ${values.add(encodeHalfvec(vector))}::halfvec`;
  const within = chunks.listed
    ? `v.chunk_ordinal = any(${values.add(chunks.listed.parameter)}::int8[])`
    : `v.document_ordinal in (select d.ordinal from retrieval.documents d where ${scopeSql(scope, values)})`;
  const text = `
    with near as materialized (
      select v.chunk_ordinal as ordinal, ${distance} as distance from retrieval.vectors v
      where v.partition = ${vectorPartition(indexVersionId, slot)} and ${within}
    ) select ordinal, distance from near order by distance, ordinal limit ${k}`;
  const { rows } = await tx.client.query<DistanceRow>({ text, values: values.list });
  return rows;
}

async function approximate(tx: Reader, query: DenseQuery, efSearch: number): Promise<DistanceRow[]> {
  const { indexVersionId, slot, dimensions, vector, scope, k } = query;
  const values = new SqlValues();
  const distance = `v.embedding::halfvec(${dimensions}) <=> ${values.add(encodeHalfvec(vector))}::halfvec`;
  // LATERAL with a limit is asked row by row, in the order of the graph; a join might be turned round.
  const text = `
    select v.chunk_ordinal as ordinal, ${distance} as distance from retrieval.vectors v
    cross join lateral (
      select from retrieval.documents d where d.ordinal = v.document_ordinal and ${scopeSql(scope, values)} limit 1
    ) as visible
    where v.partition = ${vectorPartition(indexVersionId, slot)}
    order by ${distance} limit ${Math.ceil(k * 1.2) + 10}`;
  if (efSearch === usualEf) return (await tx.client.query<DistanceRow>({ text, values: values.list })).rows;
  await tx.client.query(`set local hnsw.ef_search = ${efSearch}`);
  try {
    return (await tx.client.query<DistanceRow>({ text, values: values.list })).rows;
  } finally {
    await tx.client.query(`set local hnsw.ef_search = ${usualEf}`).catch(() => {});
  }
}
