import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { constants, zstdCompress, zstdDecompress } from 'node:zlib';
import { storeDamaged } from './version.errors.ts';

const compress = promisify(zstdCompress);
const decompress = promisify(zstdDecompress);

/** The content's hash names the object: what packs it may change, the name does not. */
export const sha256Of = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

export const pack = (bytes: Uint8Array): Promise<Buffer> =>
  compress(bytes, { params: { [constants.ZSTD_c_compressionLevel]: 3, [constants.ZSTD_c_checksumFlag]: 1 } });

/** Throws `data.store_damaged` when the bytes are not what the name says. */
export async function unpack(packed: Uint8Array, sha256: string): Promise<Buffer> {
  const bytes = await decompress(packed).catch((error: Error) => {
    throw storeDamaged(sha256, error);
  });
  if (sha256Of(bytes) !== sha256) throw storeDamaged(sha256);
  return bytes;
}
