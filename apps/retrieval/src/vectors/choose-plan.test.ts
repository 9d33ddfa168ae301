import { expect, test } from 'vitest';
import { choosePlan } from './choose-plan.ts';

const facts = { total: 100_000, matching: 100_000, isListed: false, k: 10, hasHnsw: true };

test('without an index, and for all that match, every distance is computed', () => {
  expect(choosePlan({ ...facts, hasHnsw: false })).toEqual({ kind: 'exact' });
  expect(choosePlan({ ...facts, matching: 10, isListed: true })).toEqual({ kind: 'exact' });
});

test.each([
  [0.0005, 'exact'],
  [0.005, 'exact'],
  [0.05, 'exact'],
  [0.5, 'hnsw'],
  [1, 'hnsw'],
])('a share of %d of 100,000 goes by %s', (share, kind) => {
  const matching = facts.total * share;
  expect(choosePlan({ ...facts, matching, isListed: matching <= 20_000 }).kind).toBe(kind);
});

test('the list of candidates grows as fewer match', () => {
  const ef = (share: number) => {
    const plan = choosePlan({ ...facts, total: 10_000_000, matching: 10_000_000 * share });
    return plan.kind === 'hnsw' ? plan.efSearch : 0;
  };
  expect([ef(1), ef(0.2), ef(0.1), ef(0.02)]).toEqual([100, 250, 500, 1000]);
});
