import { expect, test } from 'vitest';
import { assignSplits, type SplitRule } from './assign-splits.ts';
import { HashCounts } from './hash-counts.ts';
import { RowIds } from './row-ids.ts';
import { type SplitBy, SplitUnitCollector } from './split-units.ts';

const fraction = (name: string, value: number): SplitRule => ({ name, fraction: value, count: 0 });
const count = (name: string, value: number): SplitRule => ({ name, fraction: 0, count: value });
const rules = [fraction('train', 0.8), fraction('dev', 0.1), fraction('test', 0.1)];

interface Row {
  [column: string]: unknown;
  id: number;
  label: string;
  group: number;
}

const rowsOf = (n: number, from = 0): Row[] =>
  Array.from({ length: n }, (_, i) => {
    const id = from + i;
    // Labels of very different frequency, groups of different size.
    return { id, label: id % 50 === 0 ? 'rare' : `l${id % 3}`, group: Math.floor(Math.sqrt(id)) };
  });

function unitsOf(rows: Row[], by: SplitBy = {}) {
  const collector = new SplitUnitCollector(by);
  const ids = new RowIds();
  for (const row of rows) collector.add(row, ids.of(row));
  return collector.finish()!;
}

const split = (rows: Row[], by: SplitBy = {}, seed = 1n, before?: HashCounts, ruleList = rules) =>
  assignSplits(unitsOf(rows, by), ruleList, seed, before);

const sizes = (assigned: Uint8Array) => [0, 1, 2, 3].map((n) => assigned.filter((value) => value === n).length);

test('shares are exact, every row is in one split, and what no rule takes is in none', () => {
  expect(sizes(split(rowsOf(1_000)))).toEqual([0, 800, 100, 100]);
  expect(sizes(split(rowsOf(997)))).toEqual([0, 798, 100, 99].map((n, i) => (i === 3 ? 997 - 798 - 100 : n)));
  const some = assignSplits(unitsOf(rowsOf(100)), [count('test', 30), fraction('dev', 0.25)], 1n);
  expect(sizes(some)).toEqual([45, 30, 25, 0]);
  expect(sizes(assignSplits(unitsOf([]), rules, 1n))).toEqual([0, 0, 0, 0]);
});

test('the same rows and seed give the same splits in whatever order they come, another seed others', () => {
  const rows = rowsOf(500);
  const byId = (list: Row[], seed = 1n) => {
    const assigned = split(list, {}, seed);
    return list.map((row, i) => `${row.id}:${assigned[i]}`).sort();
  };
  expect(byId(rows.toReversed())).toEqual(byId(rows));
  expect(byId(rows, 2n)).not.toEqual(byId(rows));
});

test('a group never spans two splits, and sizes come near their shares', () => {
  const rows = rowsOf(3_000);
  const assigned = split(rows, { groupBy: 'group' });
  const splits = new Map<number, Set<number>>();
  for (const [i, { group }] of rows.entries()) splits.set(group, (splits.get(group) ?? new Set()).add(assigned[i]!));
  expect([...splits.values()].every((each) => each.size === 1)).toBe(true);
  expect(Math.abs(sizes(assigned)[1]! - 2_400)).toBeLessThan(150);
});

test('each split has its share of every value of the column it is stratified by', () => {
  const rows = rowsOf(1_000);
  const assigned = split(rows, { stratifyBy: 'label' });
  for (const label of ['rare', 'l0', 'l1', 'l2']) {
    const of = (wanted: number) => rows.filter((row, i) => row.label === label && assigned[i] === wanted).length;
    const all = rows.filter((row) => row.label === label).length;
    expect(Math.abs(of(1) - all * 0.8), label).toBeLessThanOrEqual(1);
    expect(Math.abs(of(2) - all * 0.1), label).toBeLessThanOrEqual(1);
  }
});

test('rows that are equal are in one split', () => {
  const rows = rowsOf(300).flatMap((row) => [row, row]);
  const assigned = split(rows);
  for (let i = 0; i < rows.length; i += 2) expect(assigned[i]).toBe(assigned[i + 1]);
});

test('rows that come later move no earlier one, and fill up the shares', () => {
  for (const by of [{}, { stratifyBy: 'label' }, { groupBy: 'group' }]) {
    const first = rowsOf(400);
    const old = split(first, by);
    const before = new HashCounts();
    for (const [i, unit] of unitsOf(first, by).units.entries()) before.set(unit, old[i]!);
    const all = [...rowsOf(300, 1_000), ...first];
    const now = split(all, by, 1n, before);
    expect(now.slice(300)).toEqual(old);
    expect(Math.abs(sizes(now)[1]! - 560)).toBeLessThan(by.groupBy ? 60 : 5);
  }
});

test.each([
  [[fraction('a', 0.7), fraction('b', 0.5)], 'add up to'],
  [[fraction('a', 0.5), count('a', 5)], 'named twice'],
  [[fraction('a', 0)], 'fraction or a count'],
  [[{ name: 'a', fraction: 0.5, count: 3 }], 'not both'],
])('rules that cannot hold are refused', (wrong, message) => {
  expect(() => assignSplits(unitsOf(rowsOf(10)), wrong, 1n)).toThrow(message);
});

test('a column that no row has is refused', () => {
  expect(() => unitsOf(rowsOf(3), { groupBy: 'team' })).toThrow('no row has a column "team"');
  expect(() => unitsOf(rowsOf(3), { stratifyBy: 'team' })).toThrow('no row has a column "team"');
});
