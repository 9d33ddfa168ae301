import { StatsError } from '../stats-error.ts';
import type { BootstrapOptions } from './bootstrap-interval.ts';
import { type Random, seededRandom } from './seeded-random.ts';

/** A statistic of one or two samples with its bootstrap interval, in the statistic's unit. */
export interface StatisticInterval {
  readonly estimate: number;
  readonly low: number;
  readonly high: number;
  /** The share of such intervals that hold the true value, 0..1. */
  readonly confidence: number;
}

export interface BootstrapStatisticOptions extends BootstrapOptions {
  /** The least and greatest value the statistic can have; the interval is cut there. */
  readonly bounds?: readonly [number, number];
  /**
   * Moves the interval down by twice the bias. Distances such as PSI or KS are never negative, so that noise lifts them;
   * resampling lifts them by as much again. `square` for distances whose squares are what noise adds to. In simulations
   * 95% intervals cover 0.95 to 1, down to no distance at all, where the plain ones cover none.
   */
  readonly debias?: 'value' | 'square';
}

/**
 * Percentile interval of any statistic: `resampled` draws its data anew with the given generator and computes again.
 * Draws without a value (NaN) are left out; when fewer than half have one, and with 0 resamples, the interval is the
 * estimate alone.
 *
 * @throws {StatsError} `stats.invalid_option`
 * @see Davison & Hinkley, Bootstrap Methods and their Application, 1997, chapter 5
 */
export function bootstrapStatistic(
  estimate: number,
  resampled: (random: Random) => number,
  options: BootstrapStatisticOptions = {},
): StatisticInterval {
  const { confidence = 0.95, resamples = 1_000, seed = 0, bounds = [-Infinity, Infinity], debias } = options;
  if (!(confidence > 0 && confidence < 1)) {
    throw new StatsError('stats.invalid_option', `confidence ${confidence} is not between 0 and 1`);
  }
  if (resamples === 0) return { estimate, low: estimate, high: estimate, confidence };
  if (!Number.isInteger(resamples) || resamples < 100) {
    throw new StatsError('stats.invalid_option', `${resamples} resamples are fewer than 100`);
  }
  const random = seededRandom(seed);
  const all = Float64Array.from({ length: resamples }, () => resampled(random));
  const values = all.filter(Number.isFinite).sort();
  if (values.length < resamples / 2) return { estimate, low: estimate, high: estimate, confidence };
  const scale = debias === 'square' ? square : unchanged;
  const scaled = values.map(scale.to);
  const mean = scaled.reduce((sum, value) => sum + value, 0) / scaled.length;
  const shift = debias ? 2 * (mean - scale.to(estimate)) : 0;
  const bound = (probability: number) => {
    const value = scale.from(sortedQuantile(scaled, probability) - shift);
    return Math.min(Math.max(value, bounds[0]), bounds[1]);
  };
  return { estimate, low: bound((1 - confidence) / 2), high: bound((1 + confidence) / 2), confidence };
}

const unchanged = { to: (value: number) => value, from: (value: number) => value };
const square = { to: (value: number) => value * value, from: (value: number) => Math.sqrt(Math.max(0, value)) };

/** Between the two nearest of sorted values. */
function sortedQuantile(sorted: Float64Array, probability: number): number {
  const position = probability * (sorted.length - 1);
  const index = Math.floor(position);
  const next = sorted[Math.min(index + 1, sorted.length - 1)]!;
  return sorted[index]! + (position - index) * (next - sorted[index]!);
}
