import { gather, rankCandidates } from './fuse.ts';
import { type FusedItem, FusionError, type ItemId, type RankedList, weightOf } from './ranked-list.ts';

export interface ReciprocalRankOptions {
  /** How little the first ranks stand out: 60 in the paper; 10 where the arms are good at the top. */
  readonly k?: number;
  /** By arm, 1 unless told; an arm of weight 0 is listed and counts for nothing. */
  readonly weights?: Readonly<Record<string, number>>;
}

/**
 * Sums weight / (k + rank) over the arms. It asks nothing of scores, so arms of any kind go together.
 *
 * @throws {FusionError} `invalid_option`, `invalid_score`
 * @see Cormack, Clarke, Büttcher, Reciprocal rank fusion outperforms Condorcet (2009)
 */
export function reciprocalRankFusion<Id extends ItemId>(
  lists: readonly RankedList<Id>[],
  { k = 60, weights = {} }: ReciprocalRankOptions = {},
): FusedItem<Id>[] {
  if (!(k >= 0 && k < Number.POSITIVE_INFINITY)) {
    throw new FusionError('invalid_option', `k ${k} is not a number from 0`);
  }
  const arms = lists.map(({ arm }) => ({ arm, weight: weightOf(arm, weights) }));
  arms.sort((one, other) => (one.arm < other.arm ? -1 : 1)); // One order of addition, whatever that of the lists.
  return rankCandidates(gather(lists), (results) => {
    let score = 0;
    for (const { arm, weight } of arms) {
      const result = results.get(arm);
      if (result) score += weight / (k + result.rank);
    }
    return score;
  });
}
