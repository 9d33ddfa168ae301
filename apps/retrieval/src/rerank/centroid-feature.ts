import type { RerankCandidate } from './candidate.ts';
import { scaleToRange } from './scale.ts';

/** How many of the first candidates stand for what the query is about. */
const leaders = 3;

/**
 * How near each candidate is to what the first ones are about: its mean similarity to the first three without itself,
 * from the least (0) to the most (1), averaged over embedders. Pseudo-relevance feedback among the candidates.
 *
 * @param candidates in the order of the search
 */
export function centroidFeature(candidates: readonly RerankCandidate[]): number[] {
  const embedders = [...new Set(candidates.flatMap(({ vectors = {} }) => Object.keys(vectors)))].sort();
  const perEmbedder = embedders.map((embedder) => ofEmbedder(candidates.map(({ vectors }) => vectors?.[embedder])));
  return candidates.map((_, index) => {
    const total = perEmbedder.reduce((sum, values) => sum + values[index]!, 0);
    return embedders.length === 0 ? 0 : total / embedders.length;
  });
}

function ofEmbedder(vectors: readonly (ArrayLike<number> | undefined)[]): number[] {
  const leading = vectors.slice(0, leaders);
  const similarities = vectors.map((vector, index) => {
    if (!vector) return undefined;
    const others = leading.filter((leader, at): leader is ArrayLike<number> => leader !== undefined && at !== index);
    if (others.length === 0) return undefined;
    return others.reduce((sum, leader) => sum + dot(leader, vector), 0) / others.length;
  });
  return scaleToRange(similarities);
}

function dot(one: ArrayLike<number>, other: ArrayLike<number>): number {
  let sum = 0;
  for (let index = 0; index < one.length; index += 1) sum += one[index]! * other[index]!;
  return sum;
}
