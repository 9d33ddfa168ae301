import { StatsError } from '../stats-error.ts';

/** A confidence interval of a mean, in the unit of the values. */
export interface Interval {
  readonly mean: number;
  readonly low: number;
  readonly high: number;
  /** The share of such intervals that hold the true mean, 0..1. */
  readonly confidence: number;
}

export function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** @throws {StatsError} `stats.invalid_option`, `stats.too_few_values` */
export function checkSample(values: readonly number[], confidence: number): void {
  if (!(confidence > 0 && confidence < 1)) {
    throw new StatsError('stats.invalid_option', `confidence ${confidence} is not between 0 and 1`);
  }
  if (values.length < 2) throw new StatsError('stats.too_few_values', `an interval of ${values.length} value`);
  if (!values.every(Number.isFinite)) throw new StatsError('stats.invalid_score', 'a value is not a finite number');
}
