import { describe, expect, it } from 'vitest';
import { compareRuns } from './compare-runs.ts';
import { evaluateRun } from './evaluate-run.ts';
import type { Qrels, Run } from './retrieval-data.ts';

const ids = Array.from({ length: 40 }, (_, index) => `q${index}`);
const qrels: Qrels = new Map(ids.map((id) => [id, new Map([['right', 1]])]));
const withRightAt = (rankOf: (index: number) => number): Run =>
  new Map(
    ids.map((id, index) => {
      const documents = Array.from({ length: 5 }, (_, rank) => ({ documentId: `wrong${rank}`, score: -rank }));
      return [id, [...documents, { documentId: 'right', score: 1.5 - rankOf(index) }]];
    }),
  );
const evaluate = (run: Run) => evaluateRun(run, qrels, ['recip_rank']);

describe('the comparison of two runs', () => {
  const baseline = evaluate(withRightAt((index) => 1 + (index % 5)));
  const better = evaluate(withRightAt((index) => Math.max(1, index % 5)));

  it('finds a run that is better at most queries', () => {
    const { difference, pValue, wins, ties, losses, queryCount } = compareRuns(baseline, better, 'recip_rank');
    expect({ wins, ties, losses, queryCount }).toEqual({ wins: 32, ties: 8, losses: 0, queryCount: 40 });
    expect(difference.mean).toBeCloseTo(better.summary['recip_rank']! - baseline.summary['recip_rank']!, 12);
    expect(difference.low).toBeGreaterThan(0);
    expect(pValue).toBeLessThan(0.001);
  });

  it('is the mirror image when the two change places', () => {
    const there = compareRuns(baseline, better, 'recip_rank');
    const back = compareRuns(better, baseline, 'recip_rank');
    expect(back.difference.mean).toBeCloseTo(-there.difference.mean, 12);
    expect(back.losses).toBe(there.wins);
    expect(back.pValue).toBe(there.pValue);
  });

  it('of a run with itself shows nothing', () => {
    expect(compareRuns(baseline, baseline, 'recip_rank')).toMatchObject({
      difference: { mean: 0, low: 0, high: 0 },
      pValue: 1,
      ties: 40,
    });
  });

  it('leaves out a query that one of them did not answer, and counts it as 0 when complete', () => {
    const partial = evaluate(new Map([...withRightAt(() => 1)].slice(0, 10)));
    const full = evaluate(withRightAt(() => 1));
    expect(compareRuns(full, partial, 'recip_rank')).toMatchObject({ queryCount: 10, ties: 10 });
    const complete = compareRuns(full, partial, 'recip_rank', { complete: true });
    expect(complete).toMatchObject({ queryCount: 40, losses: 30, difference: { mean: -0.75 } });
  });

  it('needs a measure that was evaluated, and two queries', () => {
    expect(() => compareRuns(baseline, better, 'map')).toThrow(
      expect.objectContaining({ code: 'stats.unknown_measure' }),
    );
    const one = evaluate(new Map([...withRightAt(() => 1)].slice(0, 1)));
    expect(() => compareRuns(one, baseline, 'recip_rank')).toThrow(
      expect.objectContaining({ code: 'stats.too_few_values' }),
    );
  });
});
