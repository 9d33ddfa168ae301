import { expect, test } from 'vitest';
import { nextPart } from './upload-parts.ts';

test('parts cover a file from the byte that arrived last to its end', () => {
  const size = (5 << 20) + 1;
  const parts = [];
  for (let part = nextPart(size, 0); part; part = nextPart(size, part.end)) parts.push(part.end - part.start);
  expect(parts).toEqual([2 << 20, 2 << 20, (1 << 20) + 1]);
  expect(nextPart(size, size - 1)).toEqual({ start: size - 1, end: size });
});

test('of an empty file there is no part', () => {
  expect(nextPart(0, 0)).toBeUndefined();
});
