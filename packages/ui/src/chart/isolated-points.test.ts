import { expect, test } from 'vitest';
import { isolatedPoints } from './isolated-points.ts';

test('only values with nothing on both sides are isolated', () => {
  expect(isolatedPoints([5, null, null, 0, null, 1, 2, null, 3])).toEqual([0, 3, 8]);
  expect(isolatedPoints([1, 2, 3])).toEqual([]);
  expect(isolatedPoints([7])).toEqual([0]);
});
