import { type FileHandle, open } from 'node:fs/promises';
import { crc32 } from 'node:zlib';
import { rowInvalid } from './format.errors.ts';
import type { LocalFile } from './row.ts';
import { ThriftError, ThriftReader, type ThriftStruct } from './thrift-compact.ts';

// Numbers of fields in parquet.thrift.
const footer = { rowGroups: 4 } as const;
const rowGroup = { columns: 1, rows: 3 } as const;
const columnChunk = { metadata: 3 } as const;
const columnMetadata = { path: 3, compressedBytes: 7, dataPage: 9, dictionaryPage: 11 } as const;
const pageHeader = { compressedBytes: 3, crc: 4, dataPage: 5, dataPageV2: 8 } as const;
const dataPage = { values: 1 } as const;

const headerBytes = 16 << 10;
const largestHeaderBytes = 4 << 20;
const largestFooterBytes = 256 << 20;

/**
 * Compares the pages of a Parquet file with their checksums, where they have some: DuckDB does not, and would give
 * damaged values as if they were right. What is wrong with the file otherwise is left to it.
 */
export async function checkParquetPages(file: LocalFile, signal?: AbortSignal): Promise<void> {
  const handle = await open(file.path, 'r');
  try {
    const metadata = await readFooter(handle);
    let firstRow = 1;
    for (const group of structs(metadata?.get(footer.rowGroups))) {
      for (const column of structs(group.get(rowGroup.columns))) {
        signal?.throwIfAborted();
        const chunk = column.get(columnChunk.metadata);
        if (chunk instanceof Map) await checkChunk(handle, chunk, file.name, firstRow);
      }
      firstRow += number(group, rowGroup.rows);
    }
  } catch (error) {
    if (!(error instanceof ThriftError)) throw error;
  } finally {
    await handle.close();
  }
}

async function readFooter(handle: FileHandle): Promise<ThriftStruct | undefined> {
  const { size } = await handle.stat();
  if (size < 12) return undefined;
  const tail = await read(handle, size - 8, 8);
  const length = tail.readUInt32LE(0);
  if (tail.toString('latin1', 4) !== 'PAR1' || length > Math.min(size - 12, largestFooterBytes)) return undefined;
  return new ThriftReader(await read(handle, size - 8 - length, length)).struct();
}

async function checkChunk(handle: FileHandle, chunk: ThriftStruct, file: string, firstRow: number): Promise<void> {
  const path = chunk.get(columnMetadata.path);
  const names = Array.isArray(path) ? path.map(String) : [];
  const dictionary = number(chunk, columnMetadata.dictionaryPage);
  const start = dictionary > 0 ? dictionary : number(chunk, columnMetadata.dataPage);
  const end = start + number(chunk, columnMetadata.compressedBytes);
  let values = 0;
  for (let at = start; at < end; ) {
    const { header, length } = await readHeader(handle, at);
    const bytes = number(header, pageHeader.compressedBytes);
    if (bytes < 0) return;
    const crc = header.get(pageHeader.crc);
    if (typeof crc === 'number' && crc32(await read(handle, at + length, bytes)) !== crc >>> 0) {
      // In a nested column values are not rows.
      const row = names.length === 1 ? firstRow + values : firstRow;
      throw rowInvalid(
        { file, row, column: names[0] },
        `is damaged: the page at byte ${at} does not match its checksum`,
      );
    }
    values += pageValues(header);
    at += length + bytes;
  }
}

/** Statistics in a header may be long, so its length is not known before it is read. */
async function readHeader(handle: FileHandle, at: number): Promise<{ header: ThriftStruct; length: number }> {
  for (let size = headerBytes; ; size *= 16) {
    const reader = new ThriftReader(await read(handle, at, size));
    try {
      const header = reader.struct();
      return { header, length: reader.at };
    } catch (error) {
      if (!(error instanceof ThriftError) || size > largestHeaderBytes) throw error;
    }
  }
}

function pageValues(header: ThriftStruct): number {
  const page = header.get(pageHeader.dataPage) ?? header.get(pageHeader.dataPageV2);
  return page instanceof Map ? number(page, dataPage.values) : 0;
}

async function read(handle: FileHandle, at: number, length: number): Promise<Buffer> {
  const { size } = await handle.stat();
  const wanted = Math.min(length, size - at);
  if (at < 0 || wanted <= 0) throw new ThriftError('lies beyond the file');
  const { buffer, bytesRead } = await handle.read(Buffer.alloc(wanted), 0, wanted, at);
  return buffer.subarray(0, bytesRead);
}

const structs = (value: unknown): ThriftStruct[] =>
  Array.isArray(value) ? value.filter((item): item is ThriftStruct => item instanceof Map) : [];

const number = (struct: ThriftStruct, field: number): number => {
  const value = struct.get(field);
  return typeof value === 'number' || typeof value === 'bigint' ? Number(value) : 0;
};
