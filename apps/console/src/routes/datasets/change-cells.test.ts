import { expect, test } from 'vitest';
import { changedCells } from './change-cells.ts';

test('cells are compared by value, and a column that came or went has one side', () => {
  expect(changedCells('{"a":1,"b":"x","old":null}', '{"a":1,"b":"y","new":[1]}')).toEqual([
    { column: 'a', before: '1', after: '1', changed: false },
    { column: 'b', before: 'x', after: 'y', changed: true },
    { column: 'old', before: '', after: undefined, changed: true },
    { column: 'new', before: undefined, after: '[1]', changed: true },
  ]);
});

test('an added row has only after, a removed one only before', () => {
  expect(changedCells('', '{"a":1}')).toEqual([{ column: 'a', before: undefined, after: '1', changed: true }]);
  expect(changedCells('{"a":1}', '')).toEqual([{ column: 'a', before: '1', after: undefined, changed: true }]);
});

test('the number 1 and the text "1" are not the same', () => {
  expect(changedCells('{"a":1}', '{"a":"1"}')[0]!.changed).toBe(true);
});
