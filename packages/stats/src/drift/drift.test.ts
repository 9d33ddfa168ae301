import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { seededRandom } from '../confidence/seeded-random.ts';
import { chiSquaredUpperTail } from '../distributions/chi-squared.ts';
import { normalCdf, normalQuantile } from '../distributions/normal.ts';
import { chiSquaredHomogeneity } from './chi-squared-homogeneity.ts';
import { kolmogorovSmirnov } from './kolmogorov-smirnov.ts';
import { maximumMeanDiscrepancy } from './maximum-mean-discrepancy.ts';
import { countInBins, populationStability, quantileEdges } from './population-stability.ts';

interface Expected {
  ks: { first: number[]; second: number[]; statistic: number; p: number }[];
  chiSquared: { table: number[][]; statistic: number; degrees: number; p: number; v: number }[];
  chiSquaredTail: { x: number; degrees: number; p: number }[];
  psi: { reference: number[]; current: number[]; edges: number[]; referenceCounts: number[]; psi: number }[];
  mmd: { first: number[][]; second: number[][]; sigma: number; mmd2: number }[];
}

const fixture = new URL('../../fixtures/drift/expected.json', import.meta.url);
const expected = JSON.parse(readFileSync(fixture, 'utf8')) as Expected;
const relative = (actual: number, wanted: number) => Math.abs(actual - wanted) / Math.abs(wanted);

const normals = (count: number, seed: number, mean = 0) => {
  const random = seededRandom(seed);
  return Array.from({ length: count }, () => mean + normalQuantile(Math.max(random(), 1e-9)));
};

describe('the Kolmogorov-Smirnov test', () => {
  it.each(expected.ks)(
    'has the distance and exact p of SciPy, ties included (%#)',
    ({ first, second, statistic, p }) => {
      const test = kolmogorovSmirnov(first, second);
      expect(test.estimate).toBeCloseTo(statistic, 12);
      expect(relative(test.pValue, p)).toBeLessThan(1e-6);
    },
  );

  it('finds no distance in a sample and itself, and a whole one in samples apart', () => {
    expect(kolmogorovSmirnov([1, 2, 3], [3, 2, 1])).toMatchObject({ estimate: 0, pValue: 1 });
    expect(kolmogorovSmirnov(normals(5000, 1), normals(5000, 2, 50))).toMatchObject({ estimate: 1, pValue: 0 });
  });

  it('keeps p between 0 and 1 where it is asymptotic', () => {
    const { pValue } = kolmogorovSmirnov(normals(5000, 1), normals(5000, 2));
    expect(pValue).toBeGreaterThan(0.01);
    expect(pValue).toBeLessThanOrEqual(1);
  });

  it('has an interval around the true distance', () => {
    // Of N(0, 1) and N(1, 1): 2 Φ(1/2) - 1.
    const { low, high } = kolmogorovSmirnov(normals(400, 3), normals(400, 4, 1));
    expect(low).toBeLessThan(0.3829);
    expect(high).toBeGreaterThan(0.3829);
  });
});

describe('the chi-squared test', () => {
  it.each(expected.chiSquaredTail)('has P(X ≥ $x) with $degrees degrees', ({ x, degrees, p }) => {
    expect(relative(chiSquaredUpperTail(x, degrees), p)).toBeLessThan(1e-10);
  });

  it.each(expected.chiSquared)(
    "has SciPy's statistic, p and Cramér's V (%#)",
    ({ table, statistic, degrees, p, v }) => {
      const test = chiSquaredHomogeneity(table);
      expect(test.degrees).toBe(degrees);
      expect(test.statistic).toBeCloseTo(statistic, 9);
      expect(relative(test.pValue, p)).toBeLessThan(1e-9);
      expect(test.cramersV.estimate).toBeCloseTo(v, 12);
      expect(test.cramersV.low).toBeLessThanOrEqual(v);
    },
  );

  it('is not defined over a single category', () => {
    expect(() =>
      chiSquaredHomogeneity([
        [5, 0],
        [9, 0],
      ]),
    ).toThrow('one category');
  });
});

describe('the population stability index', () => {
  it.each(expected.psi)('has the bins and the value of NumPy (%#)', (reference) => {
    const edges = quantileEdges(reference.reference);
    for (const [bin, edge] of edges.entries()) expect(edge).toBeCloseTo(reference.edges[bin]!, 10);
    const counts = countInBins(reference.reference, edges);
    expect(counts).toEqual(reference.referenceCounts);
    const index = populationStability(counts, countInBins(reference.current, edges));
    expect(index.estimate).toBeCloseTo(reference.psi, 10);
  });

  it('is finite where a bin is empty, and 0 for equal shares', () => {
    expect(populationStability([50, 50, 0], [40, 40, 20]).estimate).toBeGreaterThan(0.5);
    expect(populationStability([10, 20], [100, 200]).estimate).toBe(0);
  });

  it('has an interval that reaches 0 where nothing changed', () => {
    const edges = quantileEdges(normals(600, 5));
    const [before, after] = [countInBins(normals(600, 5), edges), countInBins(normals(600, 6), edges)];
    expect(populationStability(before, after).low).toBeLessThan(0.005);
  });
});

describe('intervals of distances', () => {
  it('hold the true distance nine times of ten and more, none and a small one too', () => {
    const options = { resamples: 100 };
    for (const shift of [0, 0.2]) {
      // Of N(0, 1) and N(shift, 1): 2 Φ(shift / 2) - 1.
      const distance = 2 * normalCdf(shift / 2) - 1;
      const held = Array.from({ length: 60 }, (_, run) =>
        kolmogorovSmirnov(normals(150, run), normals(150, run + 1_000, shift), options),
      ).filter(({ low, high }) => low <= distance && high >= distance);
      expect(held.length).toBeGreaterThanOrEqual(54);
    }
  });
});

describe('the maximum mean discrepancy', () => {
  it.each(expected.mmd)('is that of NumPy and scikit-learn (%#)', ({ first, second, sigma, mmd2 }) => {
    const mmd = maximumMeanDiscrepancy(first, second);
    expect(mmd.sigma).toBeCloseTo(sigma, 9);
    expect(mmd.estimate).toBeCloseTo(mmd2, 10);
  });

  it('is small with a large p for one distribution, and the reverse for two', () => {
    const vectors = (seed: number, mean: number) =>
      Array.from({ length: 60 }, (_, index) => normals(4, seed * 1000 + index, mean));
    expect(maximumMeanDiscrepancy(vectors(1, 0), vectors(2, 0)).pValue).toBeGreaterThan(0.05);
    const apart = maximumMeanDiscrepancy(vectors(1, 0), vectors(2, 1));
    expect(apart.pValue).toBeLessThan(0.01);
    expect(apart.low).toBeGreaterThan(0);
  });
});
