import { expect, test } from 'vitest';
import { parseSplits, splitsProblem } from './split-rules.ts';

test('splits are read from names and percents, however they are set apart', () => {
  const expected = [
    { name: 'train', fraction: 0.8 },
    { name: 'test', fraction: 0.2 },
  ];
  expect(parseSplits('train 80, test 20')).toEqual(expected);
  expect(parseSplits(' train: 80 %\ntest=20\n')).toEqual(expected);
  expect(parseSplits('')).toEqual([]);
});

test('what is no split, is there twice, or is more than everything is said', () => {
  expect(splitsProblem('Train 80')).toContain('"Train 80" is no split');
  expect(splitsProblem('a 50, a 50')).toBe('Two splits are named a');
  expect(splitsProblem('a 80, b 30')).toContain('110 %');
  expect(splitsProblem('a 33.3, b 33.3, c 33.4')).toBeUndefined();
});
