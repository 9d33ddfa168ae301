import { normalCdf, normalQuantile } from '../distributions/normal.ts';
import { StatsError } from '../stats-error.ts';
import { checkSample, type Interval, meanOf } from './interval.ts';
import { seededRandom } from './seeded-random.ts';

export interface BootstrapOptions {
  /** 0.95 when left out. */
  readonly confidence?: number;
  /** Samples drawn with replacement; 10,000 when left out. */
  readonly resamples?: number;
  /** 0 when left out: the same values always give the same interval. */
  readonly seed?: number;
}

/**
 * Bootstrap interval of the mean, bias-corrected and accelerated (BCa): it follows the skew of values such as recall
 * per query, where mean ± margin does not. For two systems, give it their differences per query: that is the paired
 * bootstrap.
 *
 * @throws {StatsError} `stats.too_few_values` below 2, `stats.invalid_option`
 * @see Efron & Tibshirani, An Introduction to the Bootstrap, 1993, chapter 14
 */
export function bootstrapInterval(values: readonly number[], options: BootstrapOptions = {}): Interval {
  const { confidence = 0.95, resamples = 10_000, seed = 0 } = options;
  checkSample(values, confidence);
  if (!Number.isInteger(resamples) || resamples < 100) {
    throw new StatsError('stats.invalid_option', `${resamples} resamples are fewer than 100`);
  }
  const mean = meanOf(values);
  if (values.every((value) => value === values[0])) return { mean, low: mean, high: mean, confidence };
  const means = resampledMeans(values, resamples, seed);
  const bias = biasOf(means, mean);
  const acceleration = accelerationOf(values, mean);
  const bound = (probability: number) => {
    const shifted = bias + normalQuantile(probability);
    return sortedQuantile(means, normalCdf(bias + shifted / (1 - acceleration * shifted)));
  };
  return { mean, low: bound((1 - confidence) / 2), high: bound((1 + confidence) / 2), confidence };
}

/** Sorted upwards. */
function resampledMeans(values: readonly number[], resamples: number, seed: number): Float64Array {
  const random = seededRandom(seed);
  const means = new Float64Array(resamples);
  for (let i = 0; i < resamples; i++) {
    let sum = 0;
    for (let n = 0; n < values.length; n++) sum += values[Math.floor(random() * values.length)]!;
    means[i] = sum / values.length;
  }
  return means.sort();
}

/** How far the resampled means lie to one side of the mean, as a normal deviate; those equal to it count half. */
function biasOf(means: Float64Array, mean: number): number {
  let below = 0;
  for (const resampled of means) below += resampled < mean ? 1 : resampled === mean ? 0.5 : 0;
  const least = 0.5 / means.length;
  return normalQuantile(Math.min(Math.max(below / means.length, least), 1 - least));
}

/** Of the jackknife; for a mean it is the values' skewness divided by 6 √n. */
function accelerationOf(values: readonly number[], mean: number): number {
  const moment = (power: number) => values.reduce((sum, value) => sum + (value - mean) ** power, 0);
  return moment(3) / (6 * moment(2) ** 1.5);
}

/** Between the two nearest of sorted values. */
function sortedQuantile(sorted: Float64Array, probability: number): number {
  const position = probability * (sorted.length - 1);
  const index = Math.floor(position);
  const next = sorted[Math.min(index + 1, sorted.length - 1)]!;
  return sorted[index]! + (position - index) * (next - sorted[index]!);
}
