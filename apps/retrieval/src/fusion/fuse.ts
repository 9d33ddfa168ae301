import { type ArmResult, type FusedItem, FusionError, type ItemId, type RankedList } from './ranked-list.ts';

interface Candidate<Id extends ItemId> {
  readonly id: Id;
  readonly arms: Map<string, ArmResult>;
}

/** Items of all lists with the results of each arm, in the order in which they were first seen. */
export function gather<Id extends ItemId>(lists: readonly RankedList<Id>[]): Candidate<Id>[] {
  const candidates = new Map<Id, Candidate<Id>>();
  const arms = new Set<string>();
  for (const { arm, items } of lists) {
    if (arms.has(arm)) throw new FusionError('invalid_option', `two lists are of the arm ${arm}`);
    arms.add(arm);
    let rank = 0;
    for (const { id, score } of items) {
      if (!Number.isFinite(score)) throw new FusionError('invalid_score', `${arm} scores ${id} with ${score}`);
      let candidate = candidates.get(id);
      if (candidate === undefined) {
        candidate = { id, arms: new Map() };
        candidates.set(id, candidate);
      }
      if (candidate.arms.has(arm)) continue;
      rank += 1;
      candidate.arms.set(arm, { rank, score });
    }
  }
  return [...candidates.values()];
}

/**
 * Scores and sorts what was gathered. Where scores are equal the better rank in any arm comes first, then the lesser
 * id: the order does not depend on that of the lists.
 */
export function rankCandidates<Id extends ItemId>(
  candidates: readonly Candidate<Id>[],
  scoreOf: (arms: ReadonlyMap<string, ArmResult>) => number,
): FusedItem<Id>[] {
  return candidates
    .map(({ id, arms }) => ({
      id,
      score: scoreOf(arms),
      arms,
      best: Math.min(...Array.from(arms.values(), ({ rank }) => rank)),
    }))
    .sort((one, other) => other.score - one.score || one.best - other.best || (one.id < other.id ? -1 : 1))
    .map(({ id, score, arms }) => ({ id, score, arms: Object.fromEntries(arms) }));
}
