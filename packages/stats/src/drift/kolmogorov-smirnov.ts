import type { BootstrapOptions } from '../confidence/bootstrap-interval.ts';
import { bootstrapStatistic, type StatisticInterval } from '../confidence/bootstrap-statistic.ts';
import type { Random } from '../confidence/seeded-random.ts';
import { StatsError } from '../stats-error.ts';

export interface KolmogorovSmirnov extends StatisticInterval {
  /** Two-sided: how likely so great a distance is when both samples are of one distribution. */
  readonly pValue: number;
}

/** Pairs of sample sizes up to this product have their exact p. */
const exactUpTo = 10_000_000;

/**
 * Two-sample Kolmogorov-Smirnov test: the greatest distance of the two distribution functions, 0..1. p is exact up to
 * 10^7 pairs of values and asymptotic beyond; with ties it errs towards no difference. 500 resamples when left out.
 *
 * @throws {StatsError} `stats.too_few_values`, `stats.invalid_score`
 * @see Hodges 1958, as computed by R's psmirnov
 */
export function kolmogorovSmirnov(
  first: readonly number[],
  second: readonly number[],
  options: BootstrapOptions = {},
): KolmogorovSmirnov {
  if (first.length < 1 || second.length < 1) throw new StatsError('stats.too_few_values', 'a side without values');
  const pooled = Float64Array.from(new Set([...first, ...second])).sort();
  if (!pooled.every(Number.isFinite)) throw new StatsError('stats.invalid_score', 'a value is not a finite number');
  const [a, b] = [ranksIn(pooled, first), ranksIn(pooled, second)];
  const counts = () => new Int32Array(pooled.length);
  const estimate = distanceOf(tally(a, counts()), tally(b, counts()), a.length, b.length);
  const resampled = (random: Random) =>
    distanceOf(draw(a, counts(), random), draw(b, counts(), random), a.length, b.length);
  const interval = bootstrapStatistic(estimate, resampled, {
    resamples: 500,
    ...options,
    bounds: [0, 1],
    debias: 'square',
  });
  return { ...interval, pValue: pValueOf(estimate, first.length, second.length) };
}

function ranksIn(pooled: Float64Array, values: readonly number[]): Int32Array {
  const ranks = new Map(Array.from(pooled, (value, rank) => [value, rank]));
  return Int32Array.from(values, (value) => ranks.get(value)!);
}

function tally(ranks: Int32Array, counts: Int32Array): Int32Array {
  for (const rank of ranks) counts[rank]!++;
  return counts;
}

function draw(ranks: Int32Array, counts: Int32Array, random: Random): Int32Array {
  for (let n = 0; n < ranks.length; n++) counts[ranks[Math.floor(random() * ranks.length)]!]!++;
  return counts;
}

function distanceOf(a: Int32Array, b: Int32Array, sizeA: number, sizeB: number): number {
  let [belowA, belowB, greatest] = [0, 0, 0];
  for (let rank = 0; rank < a.length; rank++) {
    belowA += a[rank]!;
    belowB += b[rank]!;
    greatest = Math.max(greatest, Math.abs(belowA / sizeA - belowB / sizeB));
  }
  return greatest;
}

function pValueOf(distance: number, m: number, n: number): number {
  if (m * n <= exactUpTo) {
    const tail = 1 - shareOfPathsWithin(distance, Math.min(m, n), Math.max(m, n));
    // Below this, 1 - x has lost its digits.
    if (tail > 1e-10) return Math.min(1, tail);
  }
  return kolmogorovUpperTail(Math.sqrt((m * n) / (m + n)) * distance);
}

/** P(D < distance): the share of lattice paths from (0, 0) to (m, n) that stay closer to the diagonal. */
function shareOfPathsWithin(distance: number, m: number, n: number): number {
  const limit = (0.5 + Math.floor(distance * m * n - 1e-7)) / (m * n);
  const paths = Float64Array.from({ length: n + 1 }, (_, j) => (j / n > limit ? 0 : 1));
  for (let i = 1; i <= m; i++) {
    const weight = i / (i + n);
    paths[0] = i / m > limit ? 0 : weight * paths[0]!;
    for (let j = 1; j <= n; j++) {
      paths[j] = Math.abs(i / m - j / n) > limit ? 0 : weight * paths[j]! + paths[j - 1]!;
    }
  }
  return paths[n]!;
}

function kolmogorovUpperTail(x: number): number {
  if (x < 0.2) return 1;
  let sum = 0;
  for (let k = 1; k <= 100; k++) {
    const term = Math.exp(-2 * k * k * x * x);
    sum += k % 2 === 1 ? term : -term;
    if (term < 1e-17 * sum) break;
  }
  return Math.min(1, 2 * sum);
}
