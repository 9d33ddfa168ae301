import { StatsError } from '../stats-error.ts';
import { seededRandom } from './seeded-random.ts';

export interface RandomizationOptions {
  /** Random assignments tried; 10,000 when left out. With no more than that possible, each is tried once. */
  readonly permutations?: number;
  /** 0 when left out. */
  readonly seed?: number;
}

/**
 * Paired randomisation test, two-sided: the probability of a mean difference at least as large, in either direction,
 * if it were chance which of the two systems got which value of a query. Takes the differences per query.
 * Exact for few queries; else (hits + 1) / (permutations + 1), so never 0.
 *
 * @returns p in (0, 1]; 1 when there is no difference
 * @throws {StatsError} `stats.invalid_option`, `stats.invalid_score`
 * @see Smucker, Allan & Carterette, CIKM 2007
 */
export function randomizationTest(differences: readonly number[], options: RandomizationOptions = {}): number {
  const { permutations = 10_000, seed = 0 } = options;
  if (!Number.isInteger(permutations) || permutations < 100) {
    throw new StatsError('stats.invalid_option', `${permutations} permutations are fewer than 100`);
  }
  if (!differences.every(Number.isFinite)) throw new StatsError('stats.invalid_score', 'a difference is not finite');
  const sizes = differences.filter((difference) => difference !== 0).map(Math.abs);
  if (sizes.length === 0) return 1;
  // Sums of the same numbers in another order differ in their last digits.
  const rounding = 1e-12 * sizes.reduce((sum, size) => sum + size, 0);
  const observed = Math.abs(differences.reduce((sum, difference) => sum + difference, 0)) - rounding;
  const assignments = 2 ** sizes.length;
  if (assignments <= permutations) {
    let hits = 0;
    for (let signs = 0; signs < assignments; signs++) {
      const sum = sizes.reduce((total, size, index) => total + ((signs >> index) & 1 ? size : -size), 0);
      if (Math.abs(sum) >= observed) hits += 1;
    }
    return hits / assignments;
  }
  const random = seededRandom(seed);
  let hits = 0;
  for (let i = 0; i < permutations; i++) {
    let sum = 0;
    for (const size of sizes) sum += random() < 0.5 ? size : -size;
    if (Math.abs(sum) >= observed) hits += 1;
  }
  return (hits + 1) / (permutations + 1);
}
