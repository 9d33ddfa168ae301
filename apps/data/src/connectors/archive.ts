import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, posix } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { extract } from 'tar-stream';
import { type Entry, openPromise, type ZipFile } from 'yauzl';
import { itemInvalid } from './connector.errors.ts';
import type { FailedItem } from './connector.ts';
import type { NamedFile } from './named-file.ts';

/** What an archive may become: a bomb ends here, not in our memory or on the disk. */
const limits = { entries: 100_000, entryBytes: 256 << 20, totalBytes: 8 * 1024 ** 3, ratio: 200 };

export interface ArchiveEntry {
  path: string;
  bytes: Buffer;
}

export const archiveKind = (name: string): 'zip' | 'tar' | 'tar.gz' | undefined =>
  /\.zip$/i.test(name) ? 'zip' : /\.tar$/i.test(name) ? 'tar' : /\.(tar\.gz|tgz)$/i.test(name) ? 'tar.gz' : undefined;

/** The files in an archive. Throws `data.item_invalid` for one that is damaged, or would grow beyond its limits. */
export async function* entriesOf(file: NamedFile, signal: AbortSignal): AsyncGenerator<ArchiveEntry | FailedItem> {
  const guard = new Growth(file);
  try {
    yield* archiveKind(file.name) === 'zip' ? zipEntries(file, guard, signal) : tarEntries(file, guard, signal);
  } catch (error) {
    signal.throwIfAborted();
    if ((error as { code?: string }).code === 'data.item_invalid') throw error;
    throw itemInvalid(`${file.name}: is damaged or no archive: ${(error as Error).message}`, error);
  }
}

class Growth {
  #entries = 0;
  #bytes = 0;

  constructor(private readonly file: NamedFile) {}

  entry(): void {
    this.#entries += 1;
    if (this.#entries > limits.entries) throw this.#refuse(`holds more than ${limits.entries} files`);
  }

  bytes(more: number): void {
    this.#bytes += more;
    if (this.#bytes > limits.totalBytes) throw this.#refuse('unpacks to more than 8 GiB');
    const isSmall = this.#bytes < 64 << 20;
    if (!isSmall && this.#bytes > this.file.sizeBytes * limits.ratio) {
      throw this.#refuse(`unpacks to more than ${limits.ratio} times its size`);
    }
  }

  #refuse = (why: string) => itemInvalid(`${this.file.name}: ${why}; it was not unpacked.`);
}

/** A path inside the archive, whatever its writer made of it; undefined for what is no file of ours. */
function safePath(name: string): string | undefined {
  const path = posix.normalize(name.replaceAll('\\', '/')).replace(/^(\.?\.?\/)+/, '');
  const isNoise = path === '' || path === '.' || path.startsWith('__MACOSX/') || path.includes('\0');
  return isNoise || path.split('/').includes('..') ? undefined : path;
}

async function collect(
  path: string,
  content: AsyncIterable<Buffer>,
  growth: Growth,
): Promise<ArchiveEntry | FailedItem> {
  const pieces: Buffer[] = [];
  let size = 0;
  for await (const piece of content) {
    growth.bytes(piece.length);
    size += piece.length;
    if (size <= limits.entryBytes) pieces.push(piece);
  }
  if (size > limits.entryBytes) return { path, error: `is larger than ${limits.entryBytes >> 20} MiB` };
  return { path, bytes: Buffer.concat(pieces) };
}

async function* tarEntries(file: NamedFile, growth: Growth, signal: AbortSignal) {
  const unpack = extract();
  const source = Readable.from(file.read());
  const streams = archiveKind(file.name) === 'tar.gz' ? [source, createGunzip(), unpack] : [source, unpack];
  const done = pipeline(streams as [Readable, ReturnType<typeof extract>], { signal });
  // Its failure comes out of the loop too.
  done.catch(() => {});
  for await (const entry of unpack) {
    growth.entry();
    const path = safePath(entry.header.name);
    if (entry.header.type !== 'file' || path === undefined) entry.resume();
    else yield await collect(path, entry as AsyncIterable<Buffer>, growth);
  }
  await done;
}

/** Its table of contents is at the end, so it becomes a file first. */
async function* zipEntries(file: NamedFile, growth: Growth, signal: AbortSignal) {
  const folder = await mkdtemp(join(tmpdir(), 'llmops-zip-'));
  try {
    const path = join(folder, 'archive.zip');
    await pipeline(Readable.from(file.read()), createWriteStream(path), { signal });
    const zip = await openPromise(path, { autoClose: false, lazyEntries: true, strictFileNames: false });
    try {
      yield* zipFiles(zip, growth, signal);
    } finally {
      zip.close();
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function* zipFiles(zip: ZipFile, growth: Growth, signal: AbortSignal): AsyncGenerator<ArchiveEntry | FailedItem> {
  for await (const entry of zip.eachEntry() as AsyncIterable<Entry>) {
    signal.throwIfAborted();
    growth.entry();
    const path = safePath(entry.fileName);
    if (path === undefined || entry.fileName.endsWith('/')) continue;
    if (entry.isEncrypted()) yield { path, error: 'is encrypted' };
    else if (entry.uncompressedSize > limits.entryBytes)
      yield { path, error: `is larger than ${limits.entryBytes >> 20} MiB` };
    else yield await collect(path, await zip.openReadStreamPromise(entry), growth);
  }
}
