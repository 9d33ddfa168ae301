import type { BootstrapOptions } from '../confidence/bootstrap-interval.ts';
import { bootstrapStatistic, type StatisticInterval } from '../confidence/bootstrap-statistic.ts';
import { resampleCounts } from '../confidence/resample-counts.ts';
import { StatsError } from '../stats-error.ts';

/**
 * Population stability index of two sets of counts over the same categories or bins: the sum of (q - p) ln(q / p) over
 * their shares. By custom below 0.1 is no change, from 0.2 or 0.25 a marked one. An empty bin counts as half a row,
 * otherwise one rare value would make it infinite. 500 resamples when left out.
 *
 * @throws {StatsError} `stats.too_few_values`, `stats.invalid_option`
 * @see Siddiqi, Credit Risk Scorecards, 2006
 */
export function populationStability(
  reference: readonly number[],
  current: readonly number[],
  options: BootstrapOptions = {},
): StatisticInterval {
  if (reference.length !== current.length) {
    throw new StatsError('stats.invalid_option', `${reference.length} bins beside ${current.length}`);
  }
  if (sum(reference) < 1 || sum(current) < 1) throw new StatsError('stats.too_few_values', 'a side without rows');
  return bootstrapStatistic(
    indexOf(reference, current),
    (random) => indexOf(resampleCounts(reference, random), resampleCounts(current, random)),
    { resamples: 500, ...options, bounds: [0, Infinity], debias: 'value' },
  );
}

function indexOf(reference: readonly number[], current: readonly number[]): number {
  const [before, after] = [sum(reference), sum(current)];
  return reference.reduce((total, count, bin) => {
    const other = current[bin]!;
    if (count === 0 && other === 0) return total;
    const [p, q] = [Math.max(count, 0.5) / before, Math.max(other, 0.5) / after];
    return total + (q - p) * Math.log(q / p);
  }, 0);
}

/**
 * Upper edges of `bins` bins that hold equal shares of the reference, without the last, which is open; fewer where values
 * repeat. A value x belongs to the first bin whose edge is ≥ x.
 *
 * @throws {StatsError} `stats.too_few_values`
 */
export function quantileEdges(reference: readonly number[], bins = 10): number[] {
  if (reference.length === 0) throw new StatsError('stats.too_few_values', 'bins of no values');
  const sorted = Float64Array.from(reference).sort();
  const edges = Array.from({ length: bins - 1 }, (_, bin) => {
    const position = ((bin + 1) / bins) * (sorted.length - 1);
    const index = Math.floor(position);
    return sorted[index]! + (position - index) * (sorted[Math.min(index + 1, sorted.length - 1)]! - sorted[index]!);
  });
  return [...new Set(edges)];
}

/** How many values lie in each bin of `edges`: one more than there are edges. */
export function countInBins(values: readonly number[], edges: readonly number[]): number[] {
  const counts = new Array<number>(edges.length + 1).fill(0);
  for (const value of values) {
    let [low, high] = [0, edges.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (edges[middle]! < value) low = middle + 1;
      else high = middle;
    }
    counts[low]!++;
  }
  return counts;
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
