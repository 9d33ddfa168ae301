import { FusionError, type ItemId } from './ranked-list.ts';

export interface DiversityCandidate<Id extends ItemId> {
  readonly id: Id;
  /** Relevance on any scale, higher is better. */
  readonly score: number;
  /** Of the same model for all; an item without one is like no other. */
  readonly vector?: ArrayLike<number> | undefined;
}

export interface MarginalRelevanceOptions {
  /** 1 goes by relevance alone, 0 by difference from what is chosen already; 0.7. */
  readonly lambda?: number;
  /** How many to choose. */
  readonly k: number;
}

export interface DiverseItem<Id extends ItemId> {
  readonly id: Id;
  /** As it was given. */
  readonly score: number;
  /** lambda · relevance - (1 - lambda) · similarity, when it was chosen. */
  readonly marginalScore: number;
  /** The highest cosine similarity to one chosen before, 0 for the first. */
  readonly similarity: number;
}

/**
 * Chooses k items one by one, each the most relevant that says something the ones before do not. Relevance is mapped
 * to 0…1 over the candidates, to be weighed against cosine similarity. Among equals the one given first wins.
 *
 * @throws {FusionError} `invalid_option`, `invalid_score`, `invalid_vector`
 * @see Carbonell, Goldstein, The use of MMR, diversity-based reranking (1998)
 */
export function maximalMarginalRelevance<Id extends ItemId>(
  candidates: readonly DiversityCandidate<Id>[],
  { lambda = 0.7, k }: MarginalRelevanceOptions,
): DiverseItem<Id>[] {
  if (!(lambda >= 0 && lambda <= 1)) throw new FusionError('invalid_option', `lambda ${lambda} is not from 0 to 1`);
  if (!Number.isInteger(k) || k < 0) throw new FusionError('invalid_option', `k ${k} is not a whole number from 0`);
  const relevance = relevances(candidates);
  const units = unitVectors(candidates);
  const similarity = new Float64Array(candidates.length);
  const left = candidates.map((_, index) => index);
  const chosen: DiverseItem<Id>[] = [];
  while (chosen.length < k && left.length > 0) {
    const marginal = (index: number): number => lambda * relevance[index]! - (1 - lambda) * similarity[index]!;
    let best = 0;
    for (let at = 1; at < left.length; at += 1) if (marginal(left[at]!) > marginal(left[best]!)) best = at;
    const [index] = left.splice(best, 1) as [number];
    const { id, score } = candidates[index]!;
    chosen.push({ id, score, marginalScore: marginal(index), similarity: similarity[index]! });
    for (const other of left) {
      const cosine = dot(units[index], units[other]);
      // Of the first chosen also what is negative counts: an opposite is more different than a stranger.
      similarity[other] = chosen.length === 1 ? cosine : Math.max(similarity[other]!, cosine);
    }
  }
  return chosen;
}

function relevances(candidates: readonly DiversityCandidate<ItemId>[]): number[] {
  let least = Number.POSITIVE_INFINITY;
  let most = Number.NEGATIVE_INFINITY;
  for (const { id, score } of candidates) {
    if (!Number.isFinite(score)) throw new FusionError('invalid_score', `${id} has the score ${score}`);
    least = Math.min(least, score);
    most = Math.max(most, score);
  }
  return candidates.map(({ score }) => (most > least ? (score - least) / (most - least) : 1));
}

function unitVectors(candidates: readonly DiversityCandidate<ItemId>[]): (Float64Array | undefined)[] {
  const length = candidates.find(({ vector }) => vector !== undefined)?.vector?.length;
  return candidates.map(({ id, vector }) => {
    if (vector === undefined) return undefined;
    if (vector.length !== length) {
      throw new FusionError('invalid_vector', `the vector of ${id} has ${vector.length} numbers, not ${length}`);
    }
    const unit = Float64Array.from(vector);
    const norm = Math.sqrt(unit.reduce((sum, each) => sum + each * each, 0));
    if (!Number.isFinite(norm)) throw new FusionError('invalid_vector', `the vector of ${id} is not of finite numbers`);
    return norm > 0 ? unit.map((each) => each / norm) : undefined;
  });
}

function dot(one: Float64Array | undefined, other: Float64Array | undefined): number {
  if (one === undefined || other === undefined) return 0;
  let sum = 0;
  for (let index = 0; index < one.length; index += 1) sum += one[index]! * other[index]!;
  return sum;
}
