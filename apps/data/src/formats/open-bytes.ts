import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { createGunzip, createZstdDecompress } from 'node:zlib';
import { fileInvalid } from './format.errors.ts';
import { type LocalFile, limits } from './row.ts';

const blockBytes = 256 << 10;

type Packing = 'gzip' | 'zstd' | 'none';

export const packingOf = (head: Uint8Array): Packing => {
  if (head[0] === 0x1f && head[1] === 0x8b) return 'gzip';
  if (head[0] === 0x28 && head[1] === 0xb5 && head[2] === 0x2f && head[3] === 0xfd) return 'zstd';
  return 'none';
};

/** The file's bytes, unpacked where it is gzip or zstd; a reader that leaves early closes it. */
export async function* openBytes(file: LocalFile, signal?: AbortSignal): AsyncGenerator<Buffer, void> {
  const packing = packingOf(await rawHead(file, 4));
  const source = createReadStream(file.path, { highWaterMark: blockBytes, signal });
  if (packing === 'none') {
    yield* source as AsyncIterable<Buffer>;
    return;
  }
  const unpack =
    packing === 'gzip' ? createGunzip({ chunkSize: blockBytes }) : createZstdDecompress({ chunkSize: blockBytes });
  source.on('error', (error) => unpack.destroy(error));
  source.pipe(unpack);
  let total = 0;
  try {
    for await (const bytes of unpack as AsyncIterable<Buffer>) {
      total += bytes.length;
      if (total > limits.unpackedBytes)
        throw fileInvalid(file.name, `unpacks to more than ${limits.unpackedBytes} bytes`);
      yield bytes;
    }
  } catch (error) {
    if (!/^(Z_|ZSTD_|ERR_ZSTD|ERR_ZLIB)/.test(String((error as NodeJS.ErrnoException).code))) throw error;
    throw fileInvalid(file.name, `is damaged ${packing}: ${(error as Error).message}`);
  } finally {
    source.destroy();
    unpack.destroy();
  }
}

/** The first bytes after unpacking, at most `length`. */
export async function headOf(file: LocalFile, length: number): Promise<Buffer> {
  const parts: Buffer[] = [];
  let got = 0;
  for await (const bytes of openBytes(file)) {
    parts.push(bytes);
    got += bytes.length;
    if (got >= length) break;
  }
  return Buffer.concat(parts).subarray(0, length);
}

async function rawHead(file: LocalFile, length: number): Promise<Buffer> {
  const handle = await open(file.path, 'r');
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(length), 0, length, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
}
