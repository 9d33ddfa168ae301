import { runChild } from './child-process.ts';
import { lineTag, type QueryLimits, type RowTable } from './protocol.ts';
import { Slots } from './slots.ts';
import { createRowView } from './table-sql.ts';

export interface RowQuery {
  /** By the name SQL knows them under: `rows`. */
  tables: Readonly<Record<string, RowTable>>;
  /** A user's: one SELECT; nothing else is run, and no file but the tables' can be read. */
  sql: string;
  limits: QueryLimits;
  signal?: AbortSignal | undefined;
}

export const defaultLimits: QueryLimits = { timeoutMs: 30_000, memoryMb: 512, maxRows: 1_000_000 };

// Each is a process with its own memory. A query must not be begun while the rows of another are being read.
const slots = new Slots(4);

/**
 * The rows that a SELECT gives, as they come, from a process that is killed at its limits. Integers beyond 2^53 are text,
 * NaN and infinities null. Throws `data.query_failed`, `data.query_timed_out`, `data.query_too_many_rows`.
 */
export async function* queryRows(query: RowQuery): AsyncGenerator<Record<string, unknown>, void> {
  const free = await slots.take(query.signal);
  try {
    yield* run(query);
  } finally {
    free();
  }
}

async function* run({ tables, sql, limits, signal }: RowQuery): AsyncGenerator<Record<string, unknown>, void> {
  const lines = runChild({
    task: 'sql',
    ...limits,
    signal,
    trust: 'user',
    allowedPaths: Object.values(tables).flatMap(({ files }) => files),
    setup: Object.entries(tables).map(([name, table]) => createRowView(name, table)),
    sql,
  });
  for await (const line of lines) {
    if (line[0] === lineTag.row) yield JSON.parse(line.slice(1)) as Record<string, unknown>;
  }
}
