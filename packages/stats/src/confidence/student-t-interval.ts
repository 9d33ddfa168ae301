import { studentTQuantile } from '../distributions/student-t.ts';
import { checkSample, type Interval, meanOf } from './interval.ts';

/**
 * Student's t interval: mean ± t · s / √n. Right when the mean of n values is close to normal; for few and skewed
 * values (recall, reciprocal rank) take {@link bootstrapInterval}. For two systems, give it their differences.
 *
 * @throws {StatsError} `stats.too_few_values` below 2, `stats.invalid_option`
 */
export function studentTInterval(values: readonly number[], confidence = 0.95): Interval {
  checkSample(values, confidence);
  const mean = meanOf(values);
  const degrees = values.length - 1;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / degrees;
  const margin = studentTQuantile((1 + confidence) / 2, degrees) * Math.sqrt(variance / values.length);
  return { mean, low: mean - margin, high: mean + margin, confidence };
}
