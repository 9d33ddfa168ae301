import { expect, test } from 'vitest';
import { overlapping, textSegments } from './text-segments.ts';

test('pieces cover the whole once and say which ranges they are in, overlaps too', () => {
  const segments = textSegments({ start: 10, end: 50 }, [
    { start: 0, end: 20 },
    { start: 15, end: 30 },
    { start: 60, end: 70 },
  ]);
  expect(segments).toEqual([
    { start: 10, end: 15, ranges: [0] },
    { start: 15, end: 20, ranges: [0, 1] },
    { start: 20, end: 30, ranges: [1] },
    { start: 30, end: 50, ranges: [] },
  ]);
});

test('without ranges, and with empty ones, the whole is one piece', () => {
  expect(textSegments({ start: 0, end: 5 }, [{ start: 2, end: 2 }])).toEqual([{ start: 0, end: 5, ranges: [] }]);
  expect(textSegments({ start: 5, end: 5 }, [])).toEqual([]);
});

test('ranges that only touch do not overlap', () => {
  expect(
    overlapping(
      [
        { start: 0, end: 5 },
        { start: 4, end: 9 },
      ],
      { start: 5, end: 6 },
    ),
  ).toEqual([{ start: 4, end: 9 }]);
});
