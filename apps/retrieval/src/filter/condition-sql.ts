import type { JsonValue } from '@bufbuild/protobuf';
import { Condition_Operator as Op } from '@llmops/contracts/retrieval/v1/search';
import { filterInvalid } from './filter.errors.ts';
import type { SqlValues } from './sql-values.ts';

export interface PlainCondition {
  key: string;
  operator: Op;
  /** Undefined when the request has none. */
  value: JsonValue | undefined;
  /** Its place in the request. */
  field: string;
}

/** A document's own fields; keys of metadata never begin with `$`. */
const columns = new Map([
  ['$uri', 'd.uri'],
  ['$source', 'd.source'],
  ['$media_type', 'd.media_type'],
  ['$document', 'd.id'],
  ['$language', 'd.language'],
]);

const comparisons = new Map([
  [Op.LT, '<'],
  [Op.LE, '<='],
  [Op.GT, '>'],
  [Op.GE, '>='],
]);

export function conditionSql(condition: PlainCondition, values: SqlValues): string {
  const { key, field } = condition;
  if (!key.startsWith('$')) return metadataSql(condition, values);
  const column = columns.get(key);
  if (!column)
    throw filterInvalid(`${field}.key`, `must be a key of the metadata or one of ${[...columns.keys()].join(', ')}`);
  return columnSql(`coalesce(${column}, '')`, condition, values);
}

function columnSql(column: string, condition: PlainCondition, values: SqlValues): string {
  const { operator, field } = condition;
  switch (operator) {
    case Op.EXISTS:
      return `(${column} <> '')`;
    case Op.EQ:
      return `(${column} = ${values.add(textOf(condition))})`;
    case Op.NE:
      return `(${column} <> ${values.add(textOf(condition))})`;
    case Op.IN:
      return `(${column} = any(${values.add(listOf(condition).map((value) => asText(value, field)))}::text[]))`;
    case Op.NOT_IN:
      return `(${column} <> all(${values.add(listOf(condition).map((value) => asText(value, field)))}::text[]))`;
    case Op.PREFIX:
      return `starts_with(${column}, ${values.add(textOf(condition))})`;
    case Op.CONTAINS:
      throw filterInvalid(`${field}.operator`, 'CONTAINS asks a list of the metadata, this field is text');
    default:
      return `(${column} collate "C" ${comparisons.get(operator)} ${values.add(textOf(condition))})`;
  }
}

function metadataSql(condition: PlainCondition, values: SqlValues): string {
  const { key, operator, field } = condition;
  const whole = `d.metadata -> ${values.add(key)}::text`;
  // `author.name` is that key itself, else `name` within `author`.
  const found = key.includes('.')
    ? `coalesce(${whole}, d.metadata #> ${values.add(key.split('.'))}::text[])`
    : `(${whole})`;
  const json = (value: JsonValue) => `${values.add(JSON.stringify(value))}::jsonb`;
  switch (operator) {
    case Op.EXISTS:
      return `(${found} is not null)`;
    case Op.EQ:
      return `(${found} is not distinct from ${json(wantedValue(condition))})`;
    case Op.NE:
      return `(${found} is distinct from ${json(wantedValue(condition))})`;
    case Op.IN:
      return `coalesce(${found} = any(${values.add(listOf(condition).map((v) => JSON.stringify(v)))}::jsonb[]), false)`;
    case Op.NOT_IN:
      return `(not coalesce(${found} = any(${values.add(listOf(condition).map((v) => JSON.stringify(v)))}::jsonb[]), false))`;
    case Op.CONTAINS:
      return `coalesce(jsonb_typeof(${found}) = 'array' and ${found} @> ${json([wantedValue(condition)])}, false)`;
    case Op.PREFIX:
      return `coalesce(jsonb_typeof(${found}) = 'string' and starts_with(${found} #>> '{}', ${values.add(textOf(condition))}), false)`;
    default:
      return comparison(found, condition, comparisons.get(operator)!, values, field);
  }
}

/** Numbers compare as numbers, text by code point (dates in ISO 8601 by time); a value of another type does not match. */
function comparison(found: string, condition: PlainCondition, sign: string, values: SqlValues, field: string): string {
  const value = wantedValue(condition);
  if (typeof value === 'number') {
    // CASE, because AND may look at the cast first.
    return `coalesce(case when jsonb_typeof(${found}) = 'number' then (${found})::numeric ${sign} ${values.add(String(value))}::numeric end, false)`;
  }
  if (typeof value === 'string') {
    return `coalesce(jsonb_typeof(${found}) = 'string' and (${found} #>> '{}') collate "C" ${sign} ${values.add(value)}, false)`;
  }
  throw filterInvalid(`${field}.value`, 'must be a number or text for this operator');
}

function wantedValue({ value, field }: PlainCondition): JsonValue {
  if (value === undefined) throw filterInvalid(`${field}.value`, 'must be set; null is written as null');
  return value;
}

const textOf = (condition: PlainCondition): string => asText(wantedValue(condition), condition.field);

function asText(value: JsonValue, field: string): string {
  if (typeof value !== 'string') throw filterInvalid(`${field}.value`, 'must be text for this key and operator');
  return value;
}

function listOf(condition: PlainCondition): JsonValue[] {
  const value = wantedValue(condition);
  if (!Array.isArray(value)) throw filterInvalid(`${condition.field}.value`, 'must be a list for IN and NOT_IN');
  if (value.length > 1_000) throw filterInvalid(`${condition.field}.value`, 'must hold at most 1000 values');
  return value;
}
