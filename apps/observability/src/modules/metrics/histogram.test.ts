import { expect, test } from 'vitest';
import { BUCKETS, bucketOf, quantile } from './histogram.ts';

const countsOf = (values: number[]) => {
  const counts = new Array<number>(BUCKETS).fill(0);
  for (const value of values) counts[bucketOf(value)]! += 1;
  return counts;
};

test('quantiles are within 5% of the exact nearest rank from 1 ms to 30 min', () => {
  let seed = 42;
  const random = () => {
    seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
    return seed / 2 ** 32;
  };
  for (const spread of [0.1, 1, 3]) {
    const values = Array.from({ length: 5_000 }, () =>
      Math.min(1.7e6, Math.max(1, Math.exp(5 + spread * (random() * 8 - 4)))),
    );
    const sorted = [...values].sort((a, b) => a - b);
    const counts = countsOf(values);
    for (const q of [0.5, 0.95, 0.99, 1]) {
      const exact = sorted[Math.ceil(q * sorted.length) - 1]!;
      expect(Math.abs(quantile(counts, q) - exact) / exact).toBeLessThanOrEqual(0.0501);
    }
  }
});

test('no values give 0, and values beyond both ends stay in the outermost buckets', () => {
  expect(quantile(countsOf([]), 0.5)).toBe(0);
  expect(bucketOf(0)).toBe(0);
  expect(bucketOf(-5)).toBe(0);
  expect(bucketOf(Number.NaN)).toBe(0);
  expect(bucketOf(1e12)).toBe(BUCKETS - 1);
});
