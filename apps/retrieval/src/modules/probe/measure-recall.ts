import type { Database } from '@llmops/db';
import type { RequestContext } from '@llmops/platform/context';
import { choosePlan } from '../../vectors/index.ts';
import {
  countScope,
  listScope,
  mostListed,
  nearestChunks,
  type ScopeChunks,
  type SearchTarget,
} from '../search/index.ts';

/** One model of an index version, under one filter. */
export interface RecallMeasure {
  embeddingModel: string;
  /** `none`, or which documents pass. */
  filter: string;
  /** Share of the chunks that pass. */
  selectivity: number;
  /** Of what the exact search returns. */
  recall: number;
  /** Mean number of results. */
  returned: number;
  /** What could have been returned: k, or all that pass. */
  possible: number;
  p50Ms: number;
  exactP50Ms: number;
  plan: 'hnsw' | 'exact';
  queries: number;
}

export interface MeasureInput {
  target: SearchTarget;
  slot: number;
  /** Only every so-manieth document passes; 1 for all. */
  every: number;
  /** Chunks that ask, with their vectors; none finds itself. */
  askers: readonly { ordinal: number; vector: Float32Array }[];
  k: number;
  /** No further query is asked after so long. */
  budgetMs: number;
}

/** Asks as a search would and asks again exactly; undefined when nothing passes the filter. */
export async function measureRecall(
  database: Database,
  ctx: RequestContext,
  { target, slot, every, askers, k, budgetMs }: MeasureInput,
): Promise<RecallMeasure | undefined> {
  const { indexVersionId, knowledgeBaseId, chunkCount: total } = target;
  const model = target.models[slot]!;
  const scope = { knowledgeBaseId, filter: undefined, principals: [], every };
  const chunks = await database.tx(ctx, async (tx): Promise<ScopeChunks> => {
    if (every === 1) return { count: total, listed: undefined, isAll: true };
    const listed = await listScope(tx, indexVersionId, scope, mostListed);
    return listed ?? { count: await countScope(tx, indexVersionId, scope), listed: undefined, isAll: false };
  });
  if (chunks.count === 0) return undefined;
  const facts = { total, matching: chunks.count, isListed: chunks.listed !== undefined, k };
  const plan = choosePlan({ ...facts, hasHnsw: target.hnswSlots.includes(slot) });
  const query = { indexVersionId, slot, dimensions: model.dimensions, scope, chunks, k: k + 1 };
  const sums = { hits: 0, returned: 0, possible: 0 };
  const times: number[] = [];
  const exactTimes: number[] = [];
  const end = performance.now() + budgetMs;
  for (const { ordinal, vector } of askers) {
    if (times.length > 0 && performance.now() > end) break;
    const ask = async (how: typeof plan, into: number[]) => {
      const start = performance.now();
      const found = await database.tx(ctx, (tx) => nearestChunks(tx, { ...query, vector, plan: how }));
      into.push(performance.now() - start);
      return found.filter((chunk) => chunk.ordinal !== ordinal).slice(0, k);
    };
    const found = await ask(plan, times);
    const right = plan.kind === 'exact' ? found : await ask({ kind: 'exact' }, exactTimes);
    // Equal distances are equally right.
    const least = right.at(-1)?.score ?? 0;
    sums.hits += found.filter(({ score }) => score >= least).length;
    sums.returned += found.length;
    sums.possible += right.length;
  }
  return {
    embeddingModel: model.name,
    filter: every === 1 ? 'none' : `one document in ${every}`,
    selectivity: chunks.count / Math.max(1, total),
    recall: sums.possible === 0 ? 1 : Math.min(1, sums.hits / sums.possible),
    returned: sums.returned / times.length,
    possible: sums.possible / times.length,
    p50Ms: middle(times),
    exactP50Ms: middle(plan.kind === 'exact' ? times : exactTimes),
    plan: plan.kind,
    queries: times.length,
  };
}

const middle = (values: readonly number[]): number =>
  [...values].sort((one, other) => one - other)[values.length >> 1] ?? 0;
