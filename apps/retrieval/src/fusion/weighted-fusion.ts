import { gather, rankCandidates } from './fuse.ts';
import { type FusedItem, type ItemId, type RankedList, weightOf } from './ranked-list.ts';

export type Normalisation = 'minMax' | 'zScore';

export interface WeightedFusionOptions {
  /** By arm, 1 unless told; only their ratios matter, the sum is divided by theirs. */
  readonly weights?: Readonly<Record<string, number>>;
  /** `minMax` (the default) maps an arm's scores to 0…1, `zScore` to standard deviations from their mean. */
  readonly normalisation?: Normalisation;
}

/**
 * The weighted mean of the arms' normalised scores. An item that an arm did not find has the least normalised score of
 * that arm, since it would have come after all that were; an arm that found nothing is left out.
 *
 * @throws {FusionError} `invalid_option`, `invalid_score`
 */
export function weightedFusion<Id extends ItemId>(
  lists: readonly RankedList<Id>[],
  { weights = {}, normalisation = 'minMax' }: WeightedFusionOptions = {},
): FusedItem<Id>[] {
  const candidates = gather(lists);
  const arms = lists
    .filter(({ items }) => items.length > 0)
    .map(({ arm, items }) => {
      const scores = items.map(({ score }) => score);
      const normalise = normalisation === 'minMax' ? minMax(scores) : zScore(scores);
      const least = normalise(scores.reduce((one, other) => Math.min(one, other)));
      return { arm, weight: weightOf(arm, weights), normalise, least };
    })
    .sort((one, other) => (one.arm < other.arm ? -1 : 1));
  const total = arms.reduce((sum, { weight }) => sum + weight, 0) || 1;
  return rankCandidates(candidates, (results) => {
    let sum = 0;
    for (const { arm, weight, normalise, least } of arms) {
      const result = results.get(arm);
      sum += weight * (result ? normalise(result.score) : least);
    }
    return sum / total;
  });
}

/** Equal scores are all 1: each is the best of its arm. */
function minMax(scores: readonly number[]): (score: number) => number {
  const least = scores.reduce((one, other) => Math.min(one, other));
  const range = scores.reduce((one, other) => Math.max(one, other)) - least;
  return (score) => (range > 0 ? (score - least) / range : 1);
}

function zScore(scores: readonly number[]): (score: number) => number {
  const mean = scores.reduce((sum, each) => sum + each, 0) / scores.length;
  const deviation = Math.sqrt(scores.reduce((sum, each) => sum + (each - mean) ** 2, 0) / scores.length);
  return (score) => (deviation > 0 ? (score - mean) / deviation : 0);
}
