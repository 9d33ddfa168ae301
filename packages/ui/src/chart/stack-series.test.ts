import { expect, test } from 'vitest';
import { stackSeries } from './stack-series.ts';

test('the first series is the sum of all, and the last itself', () => {
  expect(
    stackSeries([
      [1, 2],
      [3, null],
      [10, 20],
    ]),
  ).toEqual([
    [14, 22],
    [13, 20],
    [10, 20],
  ]);
});
