import { expect, test } from 'vitest';
import { backoffMs } from './backoff.ts';

test('restarts wait 0.2 s at first, twice as long each time, and never more than 10 s', () => {
  expect([1, 2, 3, 4, 5, 6, 7, 50].map(backoffMs)).toEqual([200, 400, 800, 1600, 3200, 6400, 10_000, 10_000]);
});
