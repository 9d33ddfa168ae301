import { createWriteStream } from 'node:fs';
import { mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createZstdCompress } from 'node:zlib';
import { writeParquetFile } from '../duckdb/index.ts';
import type { JsonRow } from '../formats/index.ts';
import type { JsonSchema } from '../versions/index.ts';
import { nestedType } from './nested-type.ts';

const blockBytes = 256 << 10;

/**
 * Rows as a Parquet file (zstd), nested values as structs and lists. Parquet ends with its index, so the file is whole on
 * this machine before its first byte goes out; temporary files go when the reader is done or leaves.
 */
export async function* parquetFile(
  rows: AsyncIterable<JsonRow>,
  schema: JsonSchema,
  signal: AbortSignal,
): AsyncGenerator<Buffer, void> {
  const folder = await mkdtemp(join(tmpdir(), 'llmops-export-'));
  try {
    const lines = join(folder, 'rows.zst');
    await pipeline(Readable.from(textBlocks(rows)), createZstdCompress(), createWriteStream(lines), { signal });
    const columns = Object.entries(schema.properties ?? {}).map(([name, column]) => ({
      name,
      sqlType: nestedType(column),
    }));
    const path = join(folder, 'rows.parquet');
    await writeParquetFile({ lines, columns, path, signal });
    const file = await open(path, 'r');
    try {
      yield* file.createReadStream({ highWaterMark: blockBytes, autoClose: false }) as AsyncIterable<Buffer>;
    } finally {
      await file.close();
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function* textBlocks(rows: AsyncIterable<JsonRow>): AsyncGenerator<string> {
  let text = '';
  for await (const row of rows) {
    text += `${JSON.stringify(row)}\n`;
    if (text.length < blockBytes) continue;
    yield text;
    text = '';
  }
  yield text;
}
