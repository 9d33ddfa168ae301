import { type RowPlace, rowInvalid } from './format.errors.ts';
import { type JsonRow, limits } from './row.ts';

/** The value as a row, or `data.row_invalid` that says why it is none. */
export function checkRow(value: unknown, place: RowPlace): JsonRow {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw rowInvalid(place, `is ${kindOf(value)}; a row is a JSON object`);
  }
  const columns = Object.keys(value);
  if (columns.length === 0) throw rowInvalid(place, 'is an object without fields');
  if (columns.length > limits.columns) throw rowInvalid(place, `has more than ${limits.columns} columns`);
  for (const column of columns) {
    if (column.length > 200 || column.includes('\0')) {
      throw rowInvalid(
        { ...place, column: column.slice(0, 50) },
        'names of columns have at most 200 characters, none of them NUL',
      );
    }
    const inner = (value as JsonRow)[column];
    if (typeof inner === 'object' && inner !== null && isDeeper(inner, limits.depth - 1)) {
      throw rowInvalid({ ...place, column }, `is nested more than ${limits.depth} levels deep`);
    }
  }
  return value as JsonRow;
}

function isDeeper(value: object, left: number): boolean {
  if (left <= 0) return true;
  for (const inner of Object.values(value)) {
    if (typeof inner === 'object' && inner !== null && isDeeper(inner, left - 1)) return true;
  }
  return false;
}

const kindOf = (value: unknown): string => {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'an array';
  return { string: 'text', number: 'a number', boolean: 'true or false' }[typeof value as string] ?? typeof value;
};
