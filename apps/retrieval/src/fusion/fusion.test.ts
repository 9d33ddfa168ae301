import { describe, expect, it } from 'vitest';
import { maximalMarginalRelevance } from './maximal-marginal-relevance.ts';
import type { RankedList } from './ranked-list.ts';
import { reciprocalRankFusion } from './reciprocal-rank-fusion.ts';
import { weightedFusion } from './weighted-fusion.ts';

const list = (arm: string, ...items: [id: string, score: number][]): RankedList<string> => ({
  arm,
  items: items.map(([id, score]) => ({ id, score })),
});
const ids = (items: readonly { id: string }[]) => items.map(({ id }) => id);
const lexical = list('lexical', ['a', 9], ['b', 8], ['c', 1]);
const dense = list('dense', ['c', 0.9], ['a', 0.8], ['d', 0.2]);

describe('reciprocal rank fusion', () => {
  it('sums one over k and rank, and keeps rank and score of each arm that found an item', () => {
    const fused = reciprocalRankFusion([lexical, dense], { k: 60 });
    expect(ids(fused)).toEqual(['a', 'c', 'b', 'd']);
    expect(fused[0]).toEqual({
      id: 'a',
      score: 1 / 62 + 1 / 61,
      arms: { lexical: { rank: 1, score: 9 }, dense: { rank: 2, score: 0.8 } },
    });
    expect(fused[3]!.arms).toEqual({ dense: { rank: 3, score: 0.2 } });
  });

  it('weighs arms, and one of weight 0 is listed but does not count', () => {
    const fused = reciprocalRankFusion([lexical, dense], { k: 10, weights: { dense: 0 } });
    expect(ids(fused)).toEqual(['a', 'b', 'c', 'd']);
    expect(fused[3]).toEqual({ id: 'd', score: 0, arms: { dense: { rank: 3, score: 0.2 } } });
  });

  it('does not depend on the order of the lists, ties included', () => {
    const one = list('one', ['x', 2], ['y', 1]);
    const other = list('other', ['y', 2], ['x', 1]);
    expect(reciprocalRankFusion([one, other])).toEqual(reciprocalRankFusion([other, one]));
    expect(ids(reciprocalRankFusion([other, one]))).toEqual(['x', 'y']);
  });

  it('counts an id that comes twice where it came first', () => {
    const fused = reciprocalRankFusion([list('one', ['x', 3], ['x', 2], ['y', 1])]);
    expect(fused.map(({ arms }) => arms['one']!.rank)).toEqual([1, 2]);
  });

  it('takes ordinals too, and nothing at all', () => {
    expect(reciprocalRankFusion([{ arm: 'lexical', items: [{ id: 2 ** 40, score: 1 }] }])[0]!.id).toBe(2 ** 40);
    expect(reciprocalRankFusion([])).toEqual([]);
    expect(reciprocalRankFusion([{ arm: 'lexical', items: [] }])).toEqual([]);
  });

  it('refuses scores that are no numbers, one arm twice, and options out of range', () => {
    expect(() => reciprocalRankFusion([list('one', ['x', Number.NaN])])).toThrow(
      expect.objectContaining({ code: 'invalid_score' }),
    );
    for (const attempt of [
      () => reciprocalRankFusion([lexical, lexical]),
      () => reciprocalRankFusion([lexical], { k: -1 }),
      () => reciprocalRankFusion([lexical], { weights: { lexical: -1 } }),
    ]) {
      expect(attempt).toThrow(expect.objectContaining({ code: 'invalid_option' }));
    }
  });
});

describe('weighted fusion', () => {
  it('is the weighted mean of scores mapped to 0…1, what an arm did not find at its least', () => {
    const fused = weightedFusion([lexical, dense], { weights: { lexical: 3, dense: 1 } });
    expect(ids(fused)).toEqual(['a', 'b', 'c', 'd']);
    expect(fused[0]!.score).toBeCloseTo((3 * 1 + (0.8 - 0.2) / 0.7) / 4, 12);
    expect(fused[1]!.score).toBeCloseTo((3 * (7 / 8)) / 4, 12);
    expect(fused[2]!.score).toBeCloseTo(1 / 4, 12);
    expect(fused[3]!.score).toBe(0);
  });

  it('by standard deviations gives what an arm did not find its least', () => {
    const fused = weightedFusion([list('one', ['x', 3], ['y', 1]), list('other', ['z', 5], ['x', 5])], {
      normalisation: 'zScore',
    });
    expect(fused.map(({ id, score }) => [id, score])).toEqual([
      ['x', 0.5],
      ['z', -0.5],
      ['y', -0.5],
    ]);
  });

  it('leaves out an arm that found nothing, and takes equal scores for the best', () => {
    const fused = weightedFusion([list('one', ['x', 2], ['y', 2]), list('empty')]);
    expect(fused.map(({ id, score }) => [id, score])).toEqual([
      ['x', 1],
      ['y', 1],
    ]);
  });
});

describe('maximal marginal relevance', () => {
  const candidates = [
    { id: 'a', score: 10, vector: [1, 0] },
    { id: 'twin of a', score: 9, vector: [2, 0] },
    { id: 'b', score: 6, vector: [0, 1] },
    { id: 'no vector', score: 0 },
  ];

  it('passes over what repeats an item chosen before', () => {
    const chosen = maximalMarginalRelevance(candidates, { lambda: 0.5, k: 3 });
    expect(ids(chosen)).toEqual(['a', 'b', 'no vector']);
    expect(chosen[1]).toEqual({ id: 'b', score: 6, marginalScore: 0.3, similarity: 0 });
  });

  it('is the order of relevance when lambda is 1, and takes no more than there are', () => {
    expect(ids(maximalMarginalRelevance(candidates, { lambda: 1, k: 9 }))).toEqual(candidates.map(({ id }) => id));
    expect(maximalMarginalRelevance([], { k: 3 })).toEqual([]);
  });

  it('agrees with the definition worked out anew at every step', () => {
    let state = 11;
    const random = () => {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
      return state / 2 ** 32;
    };
    const many = Array.from({ length: 30 }, (_, id) => ({
      id,
      score: random(),
      vector: Float32Array.from({ length: 8 }, () => random() - 0.5),
    }));
    const cosine = (one: Float32Array, other: Float32Array) => {
      const dot = (left: Float32Array, right: Float32Array) =>
        left.reduce((sum, each, index) => sum + each * right[index]!, 0);
      return dot(one, other) / Math.sqrt(dot(one, one) * dot(other, other));
    };
    const scores = many.map(({ score }) => score);
    const [least, most] = [Math.min(...scores), Math.max(...scores)];
    const expected: number[] = [];
    while (expected.length < 12) {
      const value = ({ id, score, vector }: (typeof many)[number]) => {
        const similar = expected.map((other) => cosine(vector, many[other]!.vector));
        const relevance = (score - least) / (most - least);
        return expected.includes(id)
          ? Number.NEGATIVE_INFINITY
          : 0.6 * relevance - 0.4 * (similar.length === 0 ? 0 : Math.max(...similar));
      };
      expected.push(many.reduce((best, each) => (value(each) > value(best) ? each : best)).id);
    }
    expect(maximalMarginalRelevance(many, { lambda: 0.6, k: 12 }).map(({ id }) => id)).toEqual(expected);
  });

  it('refuses vectors of different lengths, and lambda out of range', () => {
    const uneven = [
      { id: 'a', score: 1, vector: [1] },
      { id: 'b', score: 1, vector: [1, 2] },
    ];
    expect(() => maximalMarginalRelevance(uneven, { k: 1 })).toThrow(
      expect.objectContaining({ code: 'invalid_vector' }),
    );
    expect(() => maximalMarginalRelevance(candidates, { lambda: 2, k: 1 })).toThrow(
      expect.objectContaining({ code: 'invalid_option' }),
    );
  });
});
