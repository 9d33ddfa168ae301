import { createReadStream } from 'node:fs';
import { zstdDecompressSync } from 'node:zlib';
import type { DataType } from 'apache-arrow';
import { LineWriter } from './line-writer.ts';
import { lineTag } from './protocol.ts';

/** Writes the rows of an Arrow file or stream as lines. */
export async function writeArrowRows(path: string): Promise<void> {
  // Loaded here only: SQL does not need it.
  const { CompressionType, compressionRegistry, RecordBatchReader } = await import('apache-arrow');
  const { arrowJson } = await import('./arrow-value.ts');
  compressionRegistry.set(CompressionType.ZSTD, { decode: (bytes) => zstdDecompressSync(bytes) });
  const reader = await RecordBatchReader.from(createReadStream(path));
  await reader.open();
  const { fields } = reader.schema;
  const names = fields.map(({ name }) => JSON.stringify(name));
  const writer = new LineWriter();
  await writer.write(`${lineTag.columns}[${names.join(',')}]`);
  for await (const batch of reader) {
    const columns = fields.map((_, i) => batch.getChildAt(i));
    for (let row = 0; row < batch.numRows; row += 1) {
      const values = fields.map(({ type }, i) => arrowJson(columns[i]?.get(row), type as DataType));
      await writer.write(
        `${lineTag.row}{${values.map((value, i) => `${names[i]}:${JSON.stringify(value)}`).join(',')}}`,
      );
    }
  }
  await writer.flush();
}
