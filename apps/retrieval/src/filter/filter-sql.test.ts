import { create, type MessageInitShape } from '@bufbuild/protobuf';
import { FilterSchema, Condition_Operator as Op } from '@llmops/contracts/retrieval/v1/search';
import { expect, test } from 'vitest';
import { filterSql } from './filter-sql.ts';
import { SqlValues } from './sql-values.ts';

type FilterInit = MessageInitShape<typeof FilterSchema>;

const sqlOf = (init: FilterInit) => {
  const values = new SqlValues();
  return { sql: filterSql(create(FilterSchema, init), values), values: values.list };
};
const text = (value: string) => ({ kind: { case: 'stringValue' as const, value } });
const where = (key: string, operator: Op, value?: ReturnType<typeof text>): FilterInit => ({
  kind: { case: 'condition', value: { key, operator, ...(value && { value }) } },
});

test('what the caller gave is only in parameters', () => {
  const evil = "x' or true --";
  for (const operator of [Op.EQ, Op.NE, Op.LT, Op.PREFIX, Op.CONTAINS]) {
    const { sql, values } = sqlOf(where(evil, operator, text(evil)));
    expect(sql).not.toContain('or true');
    expect(values.join()).toContain('or true');
  }
});

test('no filter lets everything through', () => {
  expect(filterSql(undefined, new SqlValues())).toBe('true');
});

test.each<[string, FilterInit, string]>([
  ['an unknown field of the document', where('$size', Op.EQ, text('1')), 'filter.condition.key'],
  ['a list where text is asked for', where('team', Op.PREFIX), 'filter.condition.value'],
  ['IN without a list', where('team', Op.IN, text('a')), 'filter.condition.value'],
  ['no value', where('team', Op.EQ), 'filter.condition.value'],
  ['NUL', where('team', Op.EQ, text('a\0')), 'filter.condition'],
  [
    'a number that JSON does not have',
    { kind: { case: 'condition', value: { key: 'n', value: { kind: { case: 'numberValue', value: Number.NaN } } } } },
    'filter.condition.value',
  ],
  ['CONTAINS of a text field', where('$uri', Op.CONTAINS, text('a')), 'filter.condition.operator'],
  ['nothing in it', {}, 'filter'],
  ['an empty list', { kind: { case: 'all', value: { filters: [] } } }, 'filter.all.filters'],
  [
    'deep inside',
    {
      kind: {
        case: 'any',
        value: { filters: [where('a', Op.EXISTS), { kind: { case: 'not', value: where('b', Op.EQ) } }] },
      },
    },
    'filter.any.filters[1].not.condition.value',
  ],
])('%s is refused, and the place is named', (_, init, field) => {
  expect(() => sqlOf(init)).toThrow(
    expect.objectContaining({ code: 'retrieval.filter_invalid', fields: [expect.objectContaining({ field })] }),
  );
});

test('a filter that nests without end is refused', () => {
  let init: FilterInit = where('a', Op.EXISTS);
  for (let i = 0; i < 20; i += 1) init = { kind: { case: 'not', value: init } };
  expect(() => sqlOf(init)).toThrow(/nest deeper/);
});
