import type { QueryResult, QueryResultRow } from 'pg';
import type { Transaction } from './database.ts';

export type BulkValue = string | number | bigint | boolean | null;

export interface BulkColumn<Row> {
  name: string;
  /** The type each value is parsed as: `text`, `bigint`, `timestamptz`. */
  type: string;
  /** What the parsed value is cast to, for types that do not fit in an array: `integer[]`, `jsonb`. */
  cast?: string;
  of: (row: Row) => BulkValue;
}

/**
 * A statement that inserts any number of rows in one round trip: one array parameter a column, unnested. COPY cannot write
 * to tables with row-level security, and COPY into a temporary table first measured slower below 400 rows
 * (10 rows: 315 against 214 µs a row, 100: equal). `suffix` is what follows: ON CONFLICT, RETURNING.
 */
export function bulkInsert<Row, Result extends QueryResultRow = QueryResultRow>(
  table: string,
  columns: readonly BulkColumn<Row>[],
  suffix = '',
): (tx: Transaction, rows: readonly Row[]) => Promise<QueryResult<Result>> {
  const names = columns.map(({ name }) => `"${name}"`);
  const selected = columns.map(({ name, cast }) => (cast ? `u."${name}"::${cast}` : `u."${name}"`));
  const arrays = columns.map(({ type }, i) => `$${i + 1}::${type}[]`);
  const text = `insert into ${table} (${names}) select ${selected} from unnest(${arrays}) as u(${names}) ${suffix}`;
  // Named, so that each connection parses it once.
  const name = `bulk ${table}`;
  return (tx, rows) => tx.client.query<Result>({ name, text, values: columns.map(({ of }) => arrayLiteral(rows, of)) });
}

const special = /["\\]/;

/** A Postgres array in text form. NUL, which Postgres text cannot hold, is left out. */
function arrayLiteral<Row>(rows: readonly Row[], of: (row: Row) => BulkValue): string {
  let literal = '{';
  for (let i = 0; i < rows.length; i += 1) {
    if (i > 0) literal += ',';
    const value = of(rows[i]!);
    if (value === null) literal += 'NULL';
    else if (typeof value === 'string') literal += `"${quoted(value)}"`;
    else literal += String(value);
  }
  return `${literal}}`;
}

function quoted(value: string): string {
  const text = value.includes('\0') ? value.replaceAll('\0', '') : value;
  return special.test(text) ? text.replace(/["\\]/g, '\\$&') : text;
}
