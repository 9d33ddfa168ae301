import { expect, test } from 'vitest';
import { cellText, columnNames, contentOf, isNumeric } from './row-cells.ts';

test('a cell shows text as it is, other values as JSON, and nothing for null', () => {
  expect(['a', 3, null, undefined, [1], { a: true }].map(cellText)).toEqual(['a', '3', '', '', '[1]', '{"a":true}']);
});

test('columns keep their order and take in what only some rows have', () => {
  expect(columnNames(['b', 'a'], [{ json: '{"a":1}' }, { json: '{"c":1}' }])).toEqual(['b', 'a', 'c']);
  expect(contentOf('[1]')).toEqual({ value: [1] });
  expect(['integer', 'number|null', 'integer|string', 'null', 'string'].map(isNumeric)).toEqual([
    true,
    true,
    false,
    false,
    false,
  ]);
  expect(contentOf('no json')).toEqual({ value: 'no json' });
});
