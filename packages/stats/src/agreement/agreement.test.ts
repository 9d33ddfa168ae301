import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { cohensKappa } from './cohens-kappa.ts';
import { fleissKappa } from './fleiss-kappa.ts';
import { krippendorffsAlpha } from './krippendorffs-alpha.ts';

interface Expected {
  cohen: {
    categories: string[];
    cases: { first: string[]; second: string[]; none: number; linear: number; quadratic: number }[];
  };
  fleiss: { counts: number[][]; kappa: number }[];
  krippendorff: { items: (number | null)[][]; nominal: number; ordinal: number; interval: number }[];
}

const fixture = new URL('../../fixtures/agreement/expected.json', import.meta.url);
const expected = JSON.parse(readFileSync(fixture, 'utf8')) as Expected;

describe("Cohen's kappa", () => {
  it.each(expected.cohen.cases)('is what scikit-learn computes, plain and weighted (%#)', (reference) => {
    const { categories } = expected.cohen;
    for (const weights of ['none', 'linear', 'quadratic'] as const) {
      const kappa = cohensKappa(reference.first, reference.second, { weights, categories });
      expect(kappa.estimate).toBeCloseTo(reference[weights], 12);
      expect(kappa.low).toBeLessThan(kappa.estimate);
      expect(kappa.high).toBeGreaterThan(kappa.estimate);
    }
  });

  it('is 1 where two agree in all, and not defined where nothing varies', () => {
    expect(cohensKappa(['a', 'b', 'a'], ['a', 'b', 'a'])).toMatchObject({ estimate: 1, items: 3 });
    expect(() => cohensKappa(['a', 'a'], ['a', 'a'])).toThrow('not defined');
  });

  it('refuses weights without an order, and labels that are no category', () => {
    expect(() => cohensKappa(['a', 'b'], ['a', 'b'], { weights: 'linear' })).toThrow('order');
    expect(() => cohensKappa(['a', 'b'], ['a', 'x'], { categories: ['a', 'b'] })).toThrow('"x" is no category');
  });

  it('gives the same interval for the same seed', () => {
    const { first, second } = expected.cohen.cases[0]!;
    expect(cohensKappa(first, second, { seed: 4 })).toEqual(cohensKappa(first, second, { seed: 4 }));
  });
});

describe("Fleiss' kappa", () => {
  it.each(expected.fleiss)('is what statsmodels computes (%#)', ({ counts, kappa }) => {
    expect(fleissKappa(counts).estimate).toBeCloseTo(kappa, 12);
  });

  it('refuses items with different numbers of labels', () => {
    expect(() =>
      fleissKappa([
        [2, 1],
        [1, 1],
      ]),
    ).toThrow('item 1');
  });
});

describe("Krippendorff's alpha", () => {
  it.each(expected.krippendorff)(
    'is what krippendorff computes at each level, with labels missing (%#)',
    (reference) => {
      for (const level of ['nominal', 'ordinal', 'interval'] as const) {
        expect(krippendorffsAlpha(reference.items, { level }).estimate).toBeCloseTo(reference[level], 12);
      }
    },
  );

  it('takes texts in an order', () => {
    const items = [
      ['low', 'low'],
      ['mid', 'high'],
      ['high', 'high'],
    ];
    const near = krippendorffsAlpha(items, { level: 'ordinal', categories: ['low', 'mid', 'high'] });
    const far = krippendorffsAlpha(items, { level: 'ordinal', categories: ['mid', 'low', 'high'] });
    expect(near.estimate).toBeGreaterThan(far.estimate);
  });

  it('counts only items with two labels', () => {
    expect(krippendorffsAlpha([['a', 'a'], ['b', 'b'], ['b'], [null, 'a']]).items).toBe(2);
    expect(() => krippendorffsAlpha([['a'], ['b']])).toThrow('0 items');
  });
});
