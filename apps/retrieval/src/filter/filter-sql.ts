import { type JsonValue, toJson } from '@bufbuild/protobuf';
import { type Value, ValueSchema } from '@bufbuild/protobuf/wkt';
import { type Condition, type Filter, Condition_Operator as Op } from '@llmops/contracts/retrieval/v1/search';
import { conditionSql } from './condition-sql.ts';
import { filterInvalid } from './filter.errors.ts';
import type { SqlValues } from './sql-values.ts';

const maxDepth = 12;
const maxConditions = 200;

/**
 * A filter as a boolean SQL expression over `retrieval.documents` aliased `d`: never null, so that NOT is the complement.
 * Everything the caller gave is a parameter. Throws `retrieval.filter_invalid`.
 */
export function filterSql(filter: Filter | undefined, values: SqlValues): string {
  if (!filter) return 'true';
  let conditions = 0;
  const walk = (node: Filter, field: string, depth: number): string => {
    if (depth > maxDepth) throw filterInvalid(field, `must not nest deeper than ${maxDepth}`);
    const { kind } = node;
    if (kind.case === 'all' || kind.case === 'any') {
      const word = kind.case === 'all' ? ' and ' : ' or ';
      const parts = kind.value.filters.map((part, i) => walk(part, `${field}.${kind.case}.filters[${i}]`, depth + 1));
      if (parts.length === 0) throw filterInvalid(`${field}.${kind.case}.filters`, 'must hold at least one filter');
      return `(${parts.join(word)})`;
    }
    if (kind.case === 'not') return `(not ${walk(kind.value, `${field}.not`, depth + 1)})`;
    if (kind.case !== 'condition') throw filterInvalid(field, 'must be one of condition, all, any, not');
    conditions += 1;
    if (conditions > maxConditions) throw filterInvalid('filter', `must have at most ${maxConditions} conditions`);
    return conditionSql(readCondition(kind.value, `${field}.condition`), values);
  };
  return walk(filter, 'filter', 0);
}

function readCondition({ key, operator, value }: Condition, field: string) {
  const plain = plainValue(value, field);
  if (key.includes('\0') || JSON.stringify(plain ?? null).includes('\\u0000')) {
    throw filterInvalid(field, 'must not hold NUL');
  }
  return { key, operator: operator === Op.UNSPECIFIED ? Op.EQ : operator, value: plain, field };
}

function plainValue(value: Value | undefined, field: string): JsonValue | undefined {
  if (value === undefined || value.kind.case === undefined) return undefined;
  try {
    return toJson(ValueSchema, value);
  } catch {
    throw filterInvalid(`${field}.value`, 'must be JSON: no NaN, no Infinity');
  }
}
