import { describe, expect, it } from 'vitest';
import type { RerankCandidate, RerankTerm } from './candidate.ts';
import { rerank } from './rerank.ts';

const terms = (...words: string[]): RerankTerm[] => words.map((term) => ({ term, weight: 1, idf: 2 }));
const candidate = (ordinal: number, score: number, text: string, rest: Partial<RerankCandidate> = {}) => ({
  ordinal,
  score,
  text,
  language: 'en',
  ...rest,
});
const filler =
  'meanwhile other people wrote long letters about gardens, weather, music, trains, bread and the sea. '.repeat(3);
const order = (query: RerankTerm[], candidates: RerankCandidate[]) =>
  rerank({ terms: query }, candidates).map(({ ordinal }) => ordinal);

describe('rerank', () => {
  it('keeps the order of the search where texts say nothing of the query', () => {
    expect(order(terms('zebra'), [candidate(7, 3, 'one'), candidate(2, 2, 'two'), candidate(5, 1, 'three')])).toEqual([
      7, 2, 5,
    ]);
  });

  it('keeps the order of the search among equals, whatever the ordinals', () => {
    expect(
      order(terms('zebra'), [candidate(9, 1, 'zebra'), candidate(1, 1, 'zebra'), candidate(4, 1, 'zebra')]),
    ).toEqual([9, 1, 4]);
  });

  it('moves a text whose terms stand together past one that has them scattered', () => {
    const scattered = candidate(1, 1.02, `Leaf comes first. ${filler} Then a node. ${filler} At last the cluster.`);
    const together = candidate(2, 1, `A leaf node joins the cluster. ${filler}`);
    const far = candidate(3, 0, filler);
    expect(order(terms('leaf', 'node', 'cluster'), [scattered, together, far])).toEqual([2, 1, 3]);
  });

  it('leaves a clear lead of the search alone', () => {
    const first = candidate(1, 10, filler);
    const second = candidate(2, 1, `A leaf node joins the cluster. ${filler}`);
    expect(order(terms('leaf', 'node', 'cluster'), [first, second, candidate(3, 0, filler)])).toEqual([1, 2, 3]);
  });

  it('never scores a candidate lower for a better fused score', () => {
    const others = [candidate(1, 5, 'a leaf'), candidate(2, 0, filler)];
    const scores = [1, 2, 3, 4].map(
      (score) =>
        rerank({ terms: terms('leaf') }, [...others, candidate(3, score, 'leaf node')]).find(
          ({ ordinal }) => ordinal === 3,
        )!.score,
    );
    expect(scores).toEqual(scores.toSorted((one, other) => one - other));
  });

  it('finds terms as the lexical arm stems them, in title and headings too', () => {
    const [first] = rerank({ terms: terms('stream', 'replica') }, [
      candidate(1, 1, filler, { title: 'Streams', headingPath: ['Replicas'] }),
    ]);
    expect(first!.features).toMatchObject({ window: 1, pairs: 1 });
  });

  it('counts rare terms for more than common ones', () => {
    const query = [
      { term: 'leaf', weight: 1, idf: 6 },
      { term: 'node', weight: 1, idf: 2 },
    ];
    const ranked = rerank({ terms: query }, [candidate(1, 1, 'node'), candidate(2, 1, 'leaf')]);
    expect(ranked.map(({ ordinal, features }) => [ordinal, features.window])).toEqual([
      [2, 0.75],
      [1, 0.25],
    ]);
  });

  it('prefers what is near the first candidates, each judged without itself, in all embedders', () => {
    const near = { vectors: { a: [1, 0], b: [1, 0] } };
    const ranked = rerank({ terms: [] }, [
      candidate(1, 1, '', near),
      candidate(2, 1, '', near),
      candidate(3, 1, '', near),
      candidate(4, 1, '', { vectors: { a: [0, 1], b: [1, 0] } }),
      candidate(5, 1, '', near),
    ]);
    expect(ranked.map(({ ordinal }) => ordinal)).toEqual([1, 2, 3, 5, 4]);
    expect(ranked.at(-1)!.features.centroid).toBe(0);
  });

  it('takes candidates without text, vectors or query terms', () => {
    expect(rerank({ terms: [] }, [])).toEqual([]);
    const ranked = rerank({ terms: terms('leaf') }, [
      candidate(1, 2, ''),
      candidate(2, 1, '', { vectors: { a: [1, 0] } }),
    ]);
    expect(ranked.map(({ score }) => Number.isFinite(score))).toEqual([true, true]);
  });

  it('reads no more than the first 20,000 characters', () => {
    const [only] = rerank({ terms: terms('leaf') }, [candidate(1, 1, `${'and '.repeat(6000)} leaf`)]);
    expect(only!.features.window).toBe(0);
  });

  it('keeps features and scores from 0 to 1', () => {
    const query = [
      { term: 'leaf', weight: 3, idf: 4 },
      { term: 'node', weight: 0.5, idf: 1 },
      { term: 'x', weight: 0, idf: 9 },
    ];
    for (const { score, features } of rerank({ terms: query }, [
      candidate(1, 9, 'leaf node leaf node'),
      candidate(2, -4, 'x'),
    ])) {
      for (const value of [score, ...Object.values(features)]) {
        expect(value).toBeGreaterThanOrEqual(0);
        expect(value).toBeLessThanOrEqual(1);
      }
    }
  });
});
