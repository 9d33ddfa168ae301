import { expect, test } from 'vitest';
import { laneOf } from './lane-of.ts';

test('only what is surely plain text keeps out of the parser processes', () => {
  expect([
    laneOf('Vacation policy', 'text/plain'),
    laneOf('notes.txt', ''),
    laneOf('x', 'text/plain; charset=utf-8'),
  ]).toEqual([0, 0, 0]);
  expect([
    laneOf('a.pdf', ''),
    laneOf('a.md', ''),
    laneOf('a', 'text/html'),
    laneOf('a.txt', 'application/pdf'),
  ]).toEqual([1, 1, 1, 1]);
});
