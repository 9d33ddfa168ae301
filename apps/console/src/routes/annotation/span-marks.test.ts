import { expect, test } from 'vitest';
import { addMark, segmentsOf } from './span-marks.ts';

const text = 'Ada met Bob in Vienna.';

test('a mark loses the white space at its ends, whichever way it was drawn, and is there once', () => {
  const marks = addMark([], text, { start: 7, end: 12, value: 'person' });
  expect(marks).toEqual([{ start: 8, end: 11, value: 'person' }]);
  expect(addMark(marks, text, { start: 11, end: 8, value: 'person' })).toEqual(marks);
  expect(addMark(marks, text, { start: 3, end: 4, value: 'person' })).toEqual(marks);
  expect(addMark(marks, text, { start: 0, end: 3, value: 'person' }).map(({ start }) => start)).toEqual([0, 8]);
});

test('segments make up the text, each with the marks that cover it', () => {
  const marks = [
    { start: 0, end: 11, value: 'event' },
    { start: 8, end: 11, value: 'person' },
  ];
  const segments = segmentsOf(text, marks);
  expect(segments.map((segment) => segment.text).join('')).toBe(text);
  expect(segments.map(({ values }) => values)).toEqual([['event'], ['event', 'person'], []]);
  expect(segmentsOf('', [])).toEqual([]);
});
