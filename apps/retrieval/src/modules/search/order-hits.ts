import { type FusedItem, maximalMarginalRelevance, reciprocalRankFusion, weightedFusion } from '../../fusion/index.ts';
import type { ArmReport } from './search-input.ts';
import type { ResolvedSearch } from './search-settings.ts';

/** The arms' candidates in one order; equal scores by ordinal. */
export function fuse(reports: readonly ArmReport[], { fusion, rrfK, weights }: ResolvedSearch): FusedItem<number>[] {
  const lists = reports
    .filter(({ used }) => used)
    .map(({ name, found }) => ({ arm: name, items: found.map(({ ordinal, score }) => ({ id: ordinal, score })) }));
  return fusion === 'rrf' ? reciprocalRankFusion(lists, { k: rrfK, weights }) : weightedFusion(lists, { weights });
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
