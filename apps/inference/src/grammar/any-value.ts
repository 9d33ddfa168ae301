import { choice, type Expression, literal, optional, repeat, sequence } from './expression.ts';
import { anyString } from './json-string.ts';
import { numberRange } from './number-range.ts';
import type { RuleTable } from './rule-table.ts';
import { colon, comma, space } from './whitespace.ts';

/** Any JSON value. */
export const anyValue = (table: RuleTable): Expression =>
  table.define('any', () =>
    choice(anyObject(table), anyArray(table), anyString(table), anyNumber(table), boolean, literal('null')),
  );

export const boolean = choice(literal('true'), literal('false'));

export const anyNumber = (table: RuleTable): Expression => table.define('any-number', () => numberRange({}));

/** Any JSON object: what `response_format: json_object` asks for. */
export const anyObject = (table: RuleTable): Expression =>
  table.define('any-object', () => {
    const pair = sequence(anyString(table), colon(table), anyValue(table));
    return sequence(literal('{'), space(table), list(table, pair), space(table), literal('}'));
  });

export const anyArray = (table: RuleTable): Expression =>
  table.define('any-array', () =>
    sequence(literal('['), space(table), list(table, anyValue(table)), space(table), literal(']')),
  );

const list = (table: RuleTable, item: Expression) =>
  optional(sequence(item, repeat(sequence(comma(table), item), 0, Infinity)));
