import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { type FileHandle, mkdir, open, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { CatalogueFile, Part } from '../catalogue/index.ts';
import { SourceError, WrongBytesError } from './source-error.ts';

export interface AssembleRequest {
  file: CatalogueFile;
  parts: readonly Part[];
  /** The artifact's folder. */
  folder: string;
  /** The bytes of a part from an offset. */
  open: (part: Part, from: number) => AsyncIterable<Uint8Array>;
  signal: AbortSignal;
  /** Bytes of the file that are here. */
  progress: (bytes: number) => void;
}

/**
 * Brings one file into the artifact's folder. Bytes go to `<name>.part`, which survives a kill and is continued; the
 * file gets its name only when size and sha256 are the catalogue's, so a file with its name is complete.
 */
export async function assembleFile(request: AssembleRequest): Promise<void> {
  const { file, folder } = request;
  const target = join(folder, file.name);
  if ((await sizeOf(target)) === file.sizeBytes) return;
  await mkdir(folder, { recursive: true });
  const partial = `${target}.part`;
  const start = await sizeOf(partial);
  try {
    await fill(request, partial, start);
  } catch (error) {
    if (!(error instanceof WrongBytesError)) throw error;
    await rm(partial, { force: true });
    // What was there before may be another source's, and wrong: this one deserves a start of its own.
    if (start === 0) throw error;
    await fill(request, partial, 0).catch(async (second: unknown) => {
      if (second instanceof WrongBytesError) await rm(partial, { force: true });
      throw second;
    });
  }
  await rename(partial, target);
}

async function fill(request: AssembleRequest, partial: string, start: number): Promise<void> {
  const { file, progress } = request;
  const hash = createHash('sha256');
  if (start > 0) for await (const chunk of createReadStream(partial)) hash.update(chunk as Buffer);
  progress(start);
  const handle = await open(partial, 'a');
  try {
    const size = await append(request, handle, start, (chunk) => hash.update(chunk));
    if (size < file.sizeBytes) throw new WrongBytesError(`${file.name}: ${size} bytes instead of ${file.sizeBytes}`);
    const sha256 = hash.digest('hex');
    if (sha256 !== file.sha256) throw new WrongBytesError(`${file.name}: sha256 ${sha256} instead of ${file.sha256}`);
    // Before the rename, or a power cut could leave the name without the bytes.
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function append(
  { file, parts, open, signal, progress }: AssembleRequest,
  handle: FileHandle,
  start: number,
  seen: (chunk: Uint8Array) => void,
): Promise<number> {
  let position = start;
  if (position > file.sizeBytes) throw new WrongBytesError(`${file.name}: longer than ${file.sizeBytes} bytes`);
  let partStart = 0;
  for (const part of parts) {
    const partEnd = partStart + (part.sizeBytes ?? file.sizeBytes - partStart);
    if (position < partEnd) {
      for await (const chunk of open(part, position - partStart)) {
        signal.throwIfAborted();
        position += chunk.length;
        if (position > partEnd) throw new WrongBytesError(`${file.name}: ${part.uri} is longer than it should be`);
        await handle.appendFile(chunk);
        seen(chunk);
        progress(position);
      }
      if (position < partEnd) throw shortOf(file, part, partEnd - position);
    }
    partStart = partEnd;
  }
  return position;
}

const shortOf = (file: CatalogueFile, part: Part, missing: number) =>
  new SourceError(`${file.name}: ${part.uri} ended ${missing} bytes too early`);

const sizeOf = (path: string): Promise<number> =>
  stat(path).then(
    ({ size }) => size,
    () => 0,
  );
