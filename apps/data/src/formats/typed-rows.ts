import type { ParsedRow } from './row.ts';

type ColumnKind = 'number' | 'boolean' | 'text';

// As JSON writes numbers: what has a leading zero or a plus is a code, not a quantity.
const number = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;

/**
 * Rows of texts with the columns typed that hold nothing but numbers, or nothing but true and false; empty values are
 * null there. The rows are read twice, for the last one may be the one that is no number.
 */
export async function* typedRows(rows: () => AsyncIterable<ParsedRow>): AsyncGenerator<ParsedRow, void> {
  const kinds = new Map<string, ColumnKind>();
  for await (const { row } of rows()) {
    for (const [column, value] of Object.entries(row)) {
      if (value === '') continue;
      const kind = kindOf(value as string);
      const known = kinds.get(column);
      kinds.set(column, known === undefined || known === kind ? kind : 'text');
    }
  }
  for await (const { row, place } of rows()) {
    const typed = Object.entries(row).map(([column, value]) => [
      column,
      typedValue(value as string, kinds.get(column)),
    ]);
    yield { row: Object.fromEntries(typed), place };
  }
}

function kindOf(value: string): ColumnKind {
  if (value === 'true' || value === 'false') return 'boolean';
  if (!number.test(value)) return 'text';
  const parsed = Number(value);
  // Digits that would be lost stay text.
  const exact = Number.isInteger(parsed) ? Number.isSafeInteger(parsed) : Number.isFinite(parsed);
  return exact ? 'number' : 'text';
}

function typedValue(value: string, kind: ColumnKind | undefined): unknown {
  if (kind === undefined || kind === 'text') return value;
  if (value === '') return null;
  return kind === 'number' ? Number(value) : value === 'true';
}
