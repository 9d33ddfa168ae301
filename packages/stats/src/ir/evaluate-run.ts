import { StatsError } from '../stats-error.ts';
import { judgeRanking } from './judged-ranking.ts';
import { type Measure, measureNamed } from './measure.ts';
import { rankDocuments } from './rank-documents.ts';
import type { Qrels, Run } from './retrieval-data.ts';

/** trec_eval's floor, so that one query at 0 does not make a geometric mean 0. */
const leastOfGeometricMean = 0.00001;

export interface EvaluateOptions {
  /** The lowest grade that counts as relevant, `-l` of trec_eval; 1 when left out. */
  readonly relevanceLevel?: number;
  /**
   * `-c` of trec_eval: average over every judged query, those that the run lacks at 0.
   * Left out, over the queries of both, which favours a system that fails to answer the hard ones.
   */
  readonly complete?: boolean;
}

export interface RunEvaluation {
  /** Query id → measure → value, of the queries that the run and the judgements share. */
  readonly queries: ReadonlyMap<string, Readonly<Record<string, number>>>;
  /** Judged queries for which the run has no document. */
  readonly missingQueryIds: readonly string[];
  /** Queries averaged over: with `complete` the missing ones too. */
  readonly queryCount: number;
  /** Measure → value over all queries: a mean, for `num_…` the sum over `queries`, for `gm_…` the geometric mean. */
  readonly summary: Readonly<Record<string, number>>;
}

/**
 * Measures a run against judgements as trec_eval does: queries nobody judged are left out, and judged queries without
 * a relevant document count as 0. A query with an empty list is missing, as in a run file.
 *
 * @param measures trec_eval names, see {@link measureNamed}
 * @throws {StatsError} `stats.unknown_measure`, `stats.no_judged_query`, `stats.invalid_option`, and those of ranking
 * @see https://github.com/usnistgov/trec_eval trec_eval.c, meas_avg.c
 */
export function evaluateRun(
  run: Run,
  qrels: Qrels,
  measures: readonly string[],
  { relevanceLevel = 1, complete = false }: EvaluateOptions = {},
): RunEvaluation {
  if (!Number.isInteger(relevanceLevel) || relevanceLevel < 1) {
    throw new StatsError('stats.invalid_option', `relevance level ${relevanceLevel} is not a whole number from 1`);
  }
  const named = measures.map((name) => [name, measureNamed(name)] as const);
  const queries = new Map<string, Record<string, number>>();
  const missingQueryIds: string[] = [];
  for (const [queryId, judgements] of qrels) {
    const documents = run.get(queryId) ?? [];
    if (documents.length === 0) {
      missingQueryIds.push(queryId);
      continue;
    }
    const ranking = judgeRanking(rankDocuments(documents), judgements, relevanceLevel);
    queries.set(queryId, Object.fromEntries(named.map(([name, measure]) => [name, measure.of(ranking)])));
  }
  const queryCount = complete ? qrels.size : queries.size;
  if (queryCount === 0) throw new StatsError('stats.no_judged_query', 'no query has both results and judgements');
  const values = (name: string) => [...queries.values()].map((query) => query[name]!);
  const summary = Object.fromEntries(
    named.map(([name, measure]) => [name, summarise(values(name), measure, queryCount)]),
  );
  return { queries, missingQueryIds, queryCount, summary };
}

/** `values` may be fewer than `queryCount`; the rest are 0. */
function summarise(values: readonly number[], { summary }: Measure, queryCount: number): number {
  if (summary !== 'geometric_mean') {
    const sum = values.reduce((total, value) => total + value, 0);
    return summary === 'sum' ? sum : sum / queryCount;
  }
  const logs = values.reduce((total, value) => total + Math.log(Math.max(value, leastOfGeometricMean)), 0);
  const missing = (queryCount - values.length) * Math.log(leastOfGeometricMean);
  return Math.exp((logs + missing) / queryCount);
}
