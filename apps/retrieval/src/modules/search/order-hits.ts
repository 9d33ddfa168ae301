import {
  type FusedItem,
  maximalMarginalRelevance,
  type RankedList,
  reciprocalRankFusion,
  weightedFusion,
} from '../../fusion/index.ts';
import { lexicalArm } from './choose-arms.ts';
import type { ArmReport } from './search-input.ts';
import type { ResolvedSearch } from './search-settings.ts';

/** The arms' candidates in one order; equal scores by the better rank, then by ordinal. */
export function fuse(reports: readonly ArmReport[], settings: ResolvedSearch): FusedItem<number>[] {
  const { fusion, rrfK, weights, candidates } = settings;
  const lists = reports
    .filter(({ used }) => used)
    .map(({ name, found }) => ({ arm: name, items: found.map(({ ordinal, score }) => ({ id: ordinal, score })) }));
  if (fusion === 'rrf') return reciprocalRankFusion(lists, { k: rrfK, weights });
  const padded = lists.map((list) => (list.arm === lexicalArm ? withAbsent(list, lists, candidates) : list));
  return weightedFusion(padded, { weights, normalisation: 'zScore' });
}

/** Of about so many scores a mean and a deviation say something. */
const fewScores = 10;

/**
 * What the lexical arm did not find, though it had room, has no term of the query: its score is 0. Without these a single
 * hit, such as the one chunk with an error code, would be the mean of its arm and count for nothing.
 */
function withAbsent(
  list: RankedList<number>,
  lists: readonly RankedList<number>[],
  candidates: number,
): RankedList<number> {
  const { items } = list;
  if (items.length === 0 || items.length >= candidates) return list;
  const found = new Set(items.map(({ id }) => id));
  const others = new Set(lists.flatMap((other) => other.items.map(({ id }) => id)).filter((id) => !found.has(id)));
  const absent = [...others].sort((one, other) => one - other).slice(0, Math.max(1, fewScores - items.length));
  return { ...list, items: [...items, ...absent.map((id) => ({ id, score: 0 }))] };
}

/** The first of each document. */
export function onePerDocument<T extends { ordinal: number }>(
  items: readonly T[],
  documentOf: (ordinal: number) => string,
): T[] {
  const seen = new Set<string>();
  return items.filter(({ ordinal }) => {
    const document = documentOf(ordinal);
    if (seen.has(document)) return false;
    seen.add(document);
    return true;
  });
}

/** By maximal marginal relevance; `items` are those that may be chosen, best first. */
export function diversify<T extends { ordinal: number; score: number }>(
  items: readonly T[],
  vectors: ReadonlyMap<number, Float32Array>,
  lambda: number,
  k: number,
): T[] {
  const byOrdinal = new Map(items.map((item) => [item.ordinal, item]));
  const candidates = items.map(({ ordinal, score }) => ({ id: ordinal, score, vector: vectors.get(ordinal) }));
  return maximalMarginalRelevance(candidates, { lambda, k }).map(({ id }) => byOrdinal.get(id)!);
}
