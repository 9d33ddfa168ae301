import { runChild } from './child-process.ts';
import { lineTag } from './protocol.ts';
import { quoteName, quoteText } from './table-sql.ts';

const limits = { timeoutMs: 3_600_000, memoryMb: 512, maxRows: Number.MAX_SAFE_INTEGER };

/** The rows of a Parquet file of somebody's. Throws `data.query_failed` where it is damaged. */
export async function* readParquetFile(
  path: string,
  signal?: AbortSignal,
): AsyncGenerator<Record<string, unknown>, void> {
  const lines = runChild({
    task: 'sql',
    ...limits,
    signal,
    trust: 'ours',
    allowedPaths: [path],
    setup: [],
    sql: `SELECT * FROM read_parquet(${quoteText(path)})`,
  });
  for await (const line of lines) {
    if (line[0] === lineTag.row) yield JSON.parse(line.slice(1)) as Record<string, unknown>;
  }
}

export interface ParquetOutput {
  /** A file of rows, one JSON object a line, zstd. */
  lines: string;
  columns: readonly { name: string; sqlType: string }[];
  path: string;
  signal?: AbortSignal;
}

/** Writes rows as a Parquet file. */
export async function writeParquetFile({ lines, columns, path, signal }: ParquetOutput): Promise<void> {
  const types = columns.map(({ name, sqlType }) => `${quoteName(name)}: ${quoteText(sqlType)}`).join(', ');
  const source = `read_json(${quoteText(lines)}, format='newline_delimited', compression='zstd', columns={${types}}, maximum_object_size=67108864)`;
  const run = runChild({
    task: 'sql',
    ...limits,
    signal,
    trust: 'ours',
    allowedPaths: [lines, path],
    setup: [],
    sql: `COPY (SELECT * FROM ${source}) TO ${quoteText(path)} (FORMAT parquet, COMPRESSION zstd)`,
  });
  for await (const _ of run);
}
