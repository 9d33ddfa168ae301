import { describe, expect, it } from 'vitest';
import { bootstrapInterval } from './bootstrap-interval.ts';
import type { Interval } from './interval.ts';
import { randomizationTest } from './randomization-test.ts';
import { type Random, seededRandom } from './seeded-random.ts';
import { studentTInterval } from './student-t-interval.ts';

// Reciprocal ranks of 18 queries, skewed as they are; the references below are scipy's 1.17.1.
const ranks = [0, 0, 0.1, 0.2, 0.2, 0.3, 0.5, 1, 1, 0, 0.25, 0.33, 0.5, 0, 0, 1, 0.2, 0.1];
const sample = (size: number, draw: () => number) => Array.from({ length: size }, draw);
const normal = (random: Random) => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());

describe('the generator', () => {
  it('gives the same numbers for a seed, others for its neighbour', () => {
    const first = sample(5, seededRandom(1));
    expect(sample(5, seededRandom(1))).toEqual(first);
    expect(sample(5, seededRandom(2))).not.toEqual(first);
  });

  it('spreads evenly over 0 to 1', () => {
    const numbers = sample(40_000, seededRandom(3));
    const tenths = Array.from({ length: 10 }, (_, i) => numbers.filter((n) => Math.floor(n * 10) === i).length);
    const chiSquare = tenths.reduce((sum, count) => sum + (count - 4000) ** 2 / 4000, 0);
    expect(chiSquare).toBeLessThan(27.9); // 0.1% of 9 degrees of freedom
  });
});

describe("Student's t interval", () => {
  it('equals that of scipy', () => {
    const { low, high } = studentTInterval(ranks);
    expect(low).toBeCloseTo(0.14039889873946826, 10);
    expect(high).toBeCloseTo(0.4907122123716428, 10);
  });
});

describe('the bootstrap interval', () => {
  it('agrees with the BCa interval of scipy to its own noise', () => {
    const { low, high } = bootstrapInterval(ranks);
    expect(Math.abs(low - 0.1833)).toBeLessThan(0.006);
    expect(Math.abs(high - 0.5083)).toBeLessThan(0.006);
  });

  it('is the same for the same seed, and nearly for another', () => {
    expect(bootstrapInterval(ranks, { seed: 4 })).toEqual(bootstrapInterval(ranks, { seed: 4 }));
    expect(bootstrapInterval(ranks, { seed: 5 }).low).not.toBe(bootstrapInterval(ranks, { seed: 4 }).low);
  });

  it('of equal values is a point', () => {
    expect(bootstrapInterval([0.5, 0.5, 0.5])).toEqual({ mean: 0.5, low: 0.5, high: 0.5, confidence: 0.95 });
  });
});

describe('an interval', () => {
  const intervals: [string, (values: number[]) => Interval][] = [
    ['bootstrap', (values) => bootstrapInterval(values, { resamples: 400 })],
    ['Student', (values) => studentTInterval(values)],
  ];
  const populations: [string, number, (random: Random) => number][] = [
    ['normal', 0, normal],
    ['skewed', 1 / 3, (random) => random() ** 2],
    ['hit or miss', 0.7, (random) => (random() < 0.7 ? 1 : 0)],
  ];

  it.each(intervals.flatMap(([name, of]) => populations.map((population) => [name, ...population, of] as const)))(
    'of 95%% (%s, %s values) holds the true mean in 91 to 98 of 100 experiments',
    (_, __, truth, draw, intervalOf) => {
      const random = seededRandom(6);
      let covered = 0;
      for (let experiment = 0; experiment < 600; experiment++) {
        const { low, high } = intervalOf(sample(40, () => draw(random)));
        if (low <= truth && truth <= high) covered += 1;
      }
      expect(covered / 600).toBeGreaterThan(0.91);
      expect(covered / 600).toBeLessThan(0.98);
    },
  );

  it('grows with the confidence asked for and shrinks with the number of values', () => {
    for (const [, intervalOf] of intervals) {
      const width = ({ low, high }: Interval) => high - low;
      expect(width(intervalOf([...ranks, ...ranks, ...ranks, ...ranks]))).toBeLessThan(width(intervalOf(ranks)));
    }
    expect(studentTInterval(ranks, 0.99).low).toBeLessThan(studentTInterval(ranks, 0.9).low);
    expect(bootstrapInterval(ranks, { confidence: 0.99 }).low).toBeLessThan(
      bootstrapInterval(ranks, { confidence: 0.9 }).low,
    );
  });

  it('of fewer than two values, or of a confidence that is none, is refused', () => {
    for (const intervalOf of [bootstrapInterval, studentTInterval]) {
      expect(() => intervalOf([1])).toThrow(expect.objectContaining({ code: 'stats.too_few_values' }));
      expect(() => intervalOf([1, Number.NaN])).toThrow(expect.objectContaining({ code: 'stats.invalid_score' }));
    }
    expect(() => studentTInterval([1, 2], 1)).toThrow(expect.objectContaining({ code: 'stats.invalid_option' }));
    expect(() => bootstrapInterval([1, 2], { resamples: 10 })).toThrow(
      expect.objectContaining({ code: 'stats.invalid_option' }),
    );
  });
});

describe('the randomisation test', () => {
  const differences = [0.1, 0.2, -0.05, 0.3, 0, 0.15, -0.1, 0.22];

  it('is exact for few queries', () => expect(randomizationTest(differences)).toBe(0.109375)); // scipy, all 256

  it('comes close to the exact value by chance too', () => {
    expect(Math.abs(randomizationTest(differences, { permutations: 100 }) - 0.109375)).toBeLessThan(0.1);
    const more = [...differences, 0.01, -0.02, 0.03, 0.07, -0.04, 0.02];
    const exact = randomizationTest(more, { permutations: 2 ** 13 });
    expect(Math.abs(randomizationTest(more, { permutations: 4000 }) - exact)).toBeLessThan(0.03);
  });

  it('takes no side, is never 0, and is 1 without a difference', () => {
    const many = sample(60, () => 0.1);
    expect(randomizationTest(many)).toBeCloseTo(1 / 10_001, 12);
    expect(randomizationTest(many.map((difference) => -difference))).toBe(randomizationTest(many));
    expect(randomizationTest([0, 0])).toBe(1);
    expect(randomizationTest([])).toBe(1);
  });

  it('calls two equal systems different in about 5 of 100 experiments, and sees a real difference', () => {
    const random = seededRandom(8);
    const significant = (shift: number) => {
      let found = 0;
      for (let experiment = 0; experiment < 400; experiment++) {
        const noise = sample(30, () => normal(random) - normal(random) + shift);
        if (randomizationTest(noise, { permutations: 400, seed: experiment }) < 0.05) found += 1;
      }
      return found / 400;
    };
    expect(significant(0)).toBeLessThan(0.08);
    expect(significant(0)).toBeGreaterThan(0.02);
    expect(significant(1.2)).toBeGreaterThan(0.95);
  });
});
