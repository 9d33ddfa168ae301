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
   * Turns the resampled values around the estimate (Hall's basic interval). Distances such as PSI or KS are never
   * negative, so that noise lifts them, and resampling adds as much noise again: turned around, the two cancel.
   */
  readonly reflect?: boolean;
}

/**
 * Percentile interval of any statistic: `resampled` draws its data anew with the given generator and computes again.
 * Draws without a value (NaN) are left out; when fewer than half have one, the interval is the estimate alone.
 *
 * @throws {StatsError} `stats.invalid_option`
 * @see Davison & Hinkley, Bootstrap Methods and their Application, 1997, chapter 5
 */
export function bootstrapStatistic(
  estimate: number,
  resampled: (random: Random) => number,
  options: BootstrapStatisticOptions = {},
): StatisticInterval {
  const { confidence = 0.95, resamples = 1_000, seed = 0, bounds = [-Infinity, Infinity], reflect = false } = options;
  if (!(confidence > 0 && confidence < 1)) {
    throw new StatsError('stats.invalid_option', `confidence ${confidence} is not between 0 and 1`);
  }
  if (!Number.isInteger(resamples) || resamples < 100) {
    throw new StatsError('stats.invalid_option', `${resamples} resamples are fewer than 100`);
  }
  const random = seededRandom(seed);
  const all = Float64Array.from({ length: resamples }, () => resampled(random));
  const values = all.filter(Number.isFinite).sort();
  if (values.length < resamples / 2) return { estimate, low: estimate, high: estimate, confidence };
  const quantile = (probability: number) => {
    const position = probability * (values.length - 1);
    const index = Math.floor(position);
    const next = values[Math.min(index + 1, values.length - 1)]!;
    return values[index]! + (position - index) * (next - values[index]!);
  };
  const [below, above] = [quantile((1 - confidence) / 2), quantile((1 + confidence) / 2)];
  const cut = (value: number) => Math.min(Math.max(value, bounds[0]), bounds[1]);
  return reflect
    ? { estimate, low: cut(2 * estimate - above), high: cut(2 * estimate - below), confidence }
    : { estimate, low: cut(below), high: cut(above), confidence };
}
