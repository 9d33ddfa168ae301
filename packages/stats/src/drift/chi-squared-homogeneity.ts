import type { BootstrapOptions } from '../confidence/bootstrap-interval.ts';
import { bootstrapStatistic, type StatisticInterval } from '../confidence/bootstrap-statistic.ts';
import { resampleCounts } from '../confidence/resample-counts.ts';
import { chiSquaredUpperTail } from '../distributions/chi-squared.ts';
import { StatsError } from '../stats-error.ts';

export interface ChiSquaredHomogeneity {
  readonly statistic: number;
  readonly degrees: number;
  readonly pValue: number;
  /** How strong the difference is, 0..1, whatever the number of rows: 0.1 is small, 0.3 medium, 0.5 large. */
  readonly cramersV: StatisticInterval;
}

/**
 * Chi-squared test that samples have the same shares of the categories: `samples[s][c]` counts category c in sample s.
 * Categories nobody has are left out. The approximation wants 5 rows expected in most cells: put rare categories
 * together. 500 resamples when left out.
 *
 * @throws {StatsError} `stats.too_few_values`, `stats.no_variation` with fewer than two categories
 * @see Pearson 1900; Cramér 1946
 */
export function chiSquaredHomogeneity(
  samples: readonly (readonly number[])[],
  options: BootstrapOptions = {},
): ChiSquaredHomogeneity {
  if (samples.length < 2 || samples.some((sample) => sum(sample) < 1)) {
    throw new StatsError('stats.too_few_values', 'a test of homogeneity needs two samples with rows');
  }
  const present = [...samples[0]!.keys()].filter((category) => samples.some((sample) => sample[category]! > 0));
  if (present.length < 2) throw new StatsError('stats.no_variation', 'all rows have one category');
  const table = samples.map((sample) => present.map((category) => sample[category]!));
  const statistic = statisticOf(table);
  const degrees = (table.length - 1) * (present.length - 1);
  const resampled = (random: () => number) => {
    const drawn = table.map((sample) => resampleCounts(sample, random));
    return cramersV(statisticOf(drawn), table);
  };
  return {
    statistic,
    degrees,
    pValue: chiSquaredUpperTail(statistic, degrees),
    cramersV: bootstrapStatistic(cramersV(statistic, table), resampled, {
      resamples: 500,
      ...options,
      bounds: [0, 1],
      debias: 'square',
    }),
  };
}

function statisticOf(table: readonly (readonly number[])[]): number {
  const rows = table.map(sum);
  const total = sum(rows);
  let statistic = 0;
  for (let category = 0; category < table[0]!.length; category++) {
    const column = table.reduce((count, sample) => count + sample[category]!, 0);
    if (column === 0) continue;
    for (const [row, sample] of table.entries()) {
      const expected = (rows[row]! * column) / total;
      statistic += (sample[category]! - expected) ** 2 / expected;
    }
  }
  return statistic;
}

function cramersV(statistic: number, table: readonly (readonly number[])[]): number {
  const total = sum(table.map(sum));
  return Math.sqrt(statistic / (total * Math.min(table.length - 1, table[0]!.length - 1)));
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
