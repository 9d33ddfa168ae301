import { isAppError } from '@llmops/platform/errors';
import { readArrowFile, readParquetFile } from '../duckdb/index.ts';
import { checkRow } from './check-row.ts';
import { fileInvalid } from './format.errors.ts';
import { checkParquetPages } from './parquet-checksums.ts';
import type { LocalFile, ParsedRow } from './row.ts';

const readers = { parquet: readParquetFile, arrow: readArrowFile };

/** The rows of a Parquet or Arrow file, read in a process of its own: a damaged file costs its import and nothing else. */
export async function* readColumnar(
  file: LocalFile,
  format: keyof typeof readers,
  signal?: AbortSignal,
): AsyncGenerator<ParsedRow, void> {
  let place = 0;
  if (format === 'parquet') await checkParquetPages(file, signal);
  try {
    for await (const row of readers[format](file.path, signal)) {
      place += 1;
      yield { row: checkRow(row, { file: file.name, row: place }), place };
    }
  } catch (error) {
    if (!isAppError(error) || error.code !== 'data.query_failed') throw error;
    // What follows the first line shows our statement.
    const [reason] = error.message.replace(/^sql: /, '').split('\n');
    throw fileInvalid(file.name, `is not ${format} that can be read: ${reason}`);
  }
}
