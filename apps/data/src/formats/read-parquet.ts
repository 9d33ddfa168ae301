import { isAppError } from '@llmops/platform/errors';
import { readParquetFile } from '../duckdb/index.ts';
import { checkRow } from './check-row.ts';
import { fileInvalid } from './format.errors.ts';
import type { LocalFile, ParsedRow } from './row.ts';

/** The rows of a Parquet file, read in a process of its own: a damaged file costs its import and nothing else. */
export async function* readParquet(file: LocalFile, signal?: AbortSignal): AsyncGenerator<ParsedRow, void> {
  let place = 0;
  try {
    for await (const row of readParquetFile(file.path, signal)) {
      place += 1;
      yield { row: checkRow(row, { file: file.name, row: place }), place };
    }
  } catch (error) {
    if (!isAppError(error) || error.code !== 'data.query_failed') throw error;
    throw fileInvalid(file.name, `is not Parquet that can be read: ${error.message.replace(/^sql: /, '')}`);
  }
}
