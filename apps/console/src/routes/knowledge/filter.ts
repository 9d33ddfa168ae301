import { create, fromJsonString, type MessageInitShape, toJsonString } from '@bufbuild/protobuf';
import { FilterSchema, Condition_Operator as Operator } from '@llmops/contracts/retrieval/v1/search';

/** One condition as it is typed. */
export interface FilterRow {
  key: string;
  operator: Operator;
  value: string;
}

export type Filter = MessageInitShape<typeof FilterSchema>;

export const operatorNames: readonly { value: Operator; label: string }[] = [
  { value: Operator.EQ, label: 'is' },
  { value: Operator.NE, label: 'is not' },
  { value: Operator.IN, label: 'is one of' },
  { value: Operator.NOT_IN, label: 'is none of' },
  { value: Operator.PREFIX, label: 'begins with' },
  { value: Operator.CONTAINS, label: 'contains' },
  { value: Operator.LT, label: '<' },
  { value: Operator.LE, label: '≤' },
  { value: Operator.GT, label: '>' },
  { value: Operator.GE, label: '≥' },
  { value: Operator.EXISTS, label: 'exists' },
];

export const emptyRow: FilterRow = { key: '', operator: Operator.EQ, value: '' };

/** All of the rows, or any of them; undefined when none says anything. */
export function filterOfRows(rows: readonly FilterRow[], mode: 'all' | 'any'): Filter | undefined {
  const filters = rows
    .filter(({ key }) => key.trim() !== '')
    .map((row): Filter => ({ kind: { case: 'condition', value: conditionOf(row) } }));
  if (filters.length < 2) return filters[0];
  return { kind: { case: mode, value: { filters } } };
}

function conditionOf({ key, operator, value }: FilterRow) {
  const condition = { key: key.trim(), operator };
  if (operator === Operator.EXISTS) return condition;
  if (operator === Operator.PREFIX) return { ...condition, value: textValue(value) };
  if (operator !== Operator.IN && operator !== Operator.NOT_IN) return { ...condition, value: scalarOf(value) };
  const values = value
    .split(',')
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '')
    .map(scalarOf);
  return { ...condition, value: { kind: { case: 'listValue' as const, value: { values } } } };
}

const textValue = (value: string) => ({ kind: { case: 'stringValue' as const, value } });

/** `42` and `true` are a number and a boolean, as they are in JSON; in quotes they are text. */
function scalarOf(text: string) {
  const trimmed = text.trim();
  if (trimmed === 'true' || trimmed === 'false') {
    return { kind: { case: 'boolValue' as const, value: trimmed === 'true' } };
  }
  if (trimmed !== '' && Number.isFinite(Number(trimmed))) {
    return { kind: { case: 'numberValue' as const, value: Number(trimmed) } };
  }
  return textValue(/^".*"$/.test(trimmed) ? trimmed.slice(1, -1) : trimmed);
}

/** Reads a filter as the API has it. Throws an Error whose message says what is wrong. */
export function filterOfJson(text: string): Filter | undefined {
  if (text.trim() === '') return undefined;
  try {
    return fromJsonString(FilterSchema, text);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    throw new Error(message.replace(/^cannot decode .*? from JSON: /, ''));
  }
}

export const jsonOfFilter = (filter: Filter | undefined): string =>
  filter === undefined ? '' : toJsonString(FilterSchema, create(FilterSchema, filter), { prettySpaces: 2 });
