import { normalQuantile } from '../distributions/normal.ts';
import type { Random } from './seeded-random.ts';

/** Draws as many as were counted, with replacement, from the categories as often as they were counted: a multinomial. */
export function resampleCounts(counts: readonly number[], random: Random): number[] {
  let left = counts.reduce((sum, count) => sum + count, 0);
  let weight = left;
  return counts.map((count) => {
    const drawn = weight > 0 ? binomial(left, Math.min(1, count / weight), random) : 0;
    left -= drawn;
    weight -= count;
    return drawn;
  });
}

/** Successes in `trials`; by inversion where they are few, by the normal approximation where its error is nothing. */
function binomial(trials: number, probability: number, random: Random): number {
  if (probability > 0.5) return trials - binomial(trials, 1 - probability, random);
  if (trials === 0 || probability <= 0) return 0;
  const mean = trials * probability;
  if (mean > 100) {
    const deviate = normalQuantile(Math.max(random(), 2 ** -33)) * Math.sqrt(mean * (1 - probability));
    return Math.min(trials, Math.max(0, Math.round(mean + deviate)));
  }
  const odds = probability / (1 - probability);
  let mass = (1 - probability) ** trials;
  let rest = random();
  for (let successes = 0; successes < trials; successes++) {
    if (rest < mass) return successes;
    rest -= mass;
    mass *= (odds * (trials - successes)) / (successes + 1);
    if (mass === 0) return successes;
  }
  return trials;
}
