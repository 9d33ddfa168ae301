import { Condition_Operator as Operator } from '@llmops/contracts/retrieval/v1/search';
import { expect, test } from 'vitest';
import { filterOfJson, filterOfRows, jsonOfFilter } from './filter.ts';

test('rows become conditions of the type that the text reads as', () => {
  const filter = filterOfRows(
    [
      { key: 'team', operator: Operator.EQ, value: 'hr' },
      { key: 'year', operator: Operator.GE, value: '2024' },
      { key: 'id', operator: Operator.EQ, value: '"42"' },
      { key: 'draft', operator: Operator.NE, value: 'true' },
      { key: ' ', operator: Operator.EQ, value: 'left out' },
    ],
    'all',
  );
  expect(JSON.parse(jsonOfFilter(filter))).toEqual({
    all: {
      filters: [
        { condition: { key: 'team', operator: 'OPERATOR_EQ', value: 'hr' } },
        { condition: { key: 'year', operator: 'OPERATOR_GE', value: 2024 } },
        { condition: { key: 'id', operator: 'OPERATOR_EQ', value: '42' } },
        { condition: { key: 'draft', operator: 'OPERATOR_NE', value: true } },
      ],
    },
  });
});

test('a list is written with commas; one condition needs no group; EXISTS has no value', () => {
  expect(JSON.parse(jsonOfFilter(filterOfRows([{ key: 'a', operator: Operator.IN, value: 'x, 2' }], 'any')))).toEqual({
    condition: { key: 'a', operator: 'OPERATOR_IN', value: ['x', 2] },
  });
  expect(JSON.parse(jsonOfFilter(filterOfRows([{ key: 'a', operator: Operator.EXISTS, value: 'x' }], 'any')))).toEqual({
    condition: { key: 'a', operator: 'OPERATOR_EXISTS' },
  });
  expect(filterOfRows([], 'all')).toBeUndefined();
});

test('JSON that is no filter says what is wrong; no JSON is no filter', () => {
  expect(filterOfJson('  ')).toBeUndefined();
  expect(() => filterOfJson('{"conditon":{}}')).toThrow(/conditon/);
  expect(jsonOfFilter(filterOfJson('{"not":{"condition":{"key":"a"}}}'))).toContain('"not"');
});
