import { StatsError } from '../stats-error.ts';
import { averagePrecision, interpolatedPrecision } from './average-precision.ts';
import { bpref } from './bpref.ts';
import type { JudgedRanking } from './judged-ranking.ts';
import { ndcg } from './ndcg.ts';
import {
  hitAt,
  precisionAt,
  recallAt,
  reciprocalRank,
  relevantReturned,
  rPrecision,
  unjudgedAt,
} from './precision-recall.ts';

/** How a measure becomes one number over all queries. */
export type MeasureSummary = 'mean' | 'sum' | 'geometric_mean';

export interface Measure {
  /** Of one query. */
  readonly of: (ranking: JudgedRanking) => number;
  readonly summary: MeasureSummary;
}

const plain: Readonly<Record<string, Measure>> = {
  num_ret: { of: ({ grades }) => grades.length, summary: 'sum' },
  num_rel: { of: ({ relevantCount }) => relevantCount, summary: 'sum' },
  num_rel_ret: { of: (ranking) => relevantReturned(ranking), summary: 'sum' },
  map: { of: (ranking) => averagePrecision(ranking), summary: 'mean' },
  gm_map: { of: (ranking) => averagePrecision(ranking), summary: 'geometric_mean' },
  ndcg: { of: (ranking) => ndcg(ranking), summary: 'mean' },
  Rprec: { of: rPrecision, summary: 'mean' },
  bpref: { of: bpref, summary: 'mean' },
  recip_rank: { of: reciprocalRank, summary: 'mean' },
};

const withCutoff: Readonly<Record<string, (ranking: JudgedRanking, k: number) => number>> = {
  P: precisionAt,
  recall: recallAt,
  success: hitAt,
  ndcg_cut: ndcg,
  map_cut: averagePrecision,
  unj: unjudgedAt,
};

/**
 * A measure by its trec_eval name: `map`, `gm_map`, `ndcg`, `Rprec`, `bpref`, `recip_rank`, `num_ret`, `num_rel`,
 * `num_rel_ret`, and with a rank `P_10`, `recall_100`, `success_1` (hit rate), `ndcg_cut_10`, `map_cut_10`, `unj_10`,
 * and with a recall `iprec_at_recall_0.10`.
 *
 * @throws {StatsError} `stats.unknown_measure`
 */
export function measureNamed(name: string): Measure {
  if (Object.hasOwn(plain, name)) return plain[name]!;
  const [, family = '', parameter = ''] = /^(\w+)_(\d+(?:\.\d+)?)$/.exec(name) ?? [];
  const value = Number(parameter);
  if (family === 'iprec_at_recall' && value <= 1) {
    return { of: (ranking) => interpolatedPrecision(ranking, value), summary: 'mean' };
  }
  if (Object.hasOwn(withCutoff, family) && Number.isInteger(value) && value > 0) {
    return { of: (ranking) => withCutoff[family]!(ranking, value), summary: 'mean' };
  }
  throw new StatsError('stats.unknown_measure', `there is no measure ${name}`);
}
