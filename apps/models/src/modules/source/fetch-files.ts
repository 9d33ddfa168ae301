import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { CatalogueEntry, CatalogueSource } from '../catalogue/index.ts';
import { assembleFile } from './assemble-file.ts';
import { openPart, type SourceOptions } from './open-part.ts';
import { SourceError } from './source-error.ts';

export interface FetchState {
  source: string;
  fetchedBytes: number;
  /** Sources that gave nothing, in the order in which they were tried. */
  failures: { source: string; reason: string }[];
}

export interface FetchFilesRequest {
  entry: CatalogueEntry;
  /** The artifact's folder. */
  folder: string;
  options: SourceOptions;
  signal: AbortSignal;
  progress: (state: FetchState) => void;
}

/** Brings all files of an entry here, from the first source that can. Throws SourceError with every source's reason. */
export async function fetchFiles(request: FetchFilesRequest): Promise<FetchState> {
  const { entry, folder, signal } = request;
  const failures: FetchState['failures'] = [];
  for (const source of entry.sources) {
    try {
      const fetchedBytes = await fromSource(request, source, failures);
      await rm(wheelsOf(folder), { recursive: true, force: true });
      return { source: source.uri, fetchedBytes, failures };
    } catch (error) {
      signal.throwIfAborted();
      failures.push({ source: source.uri, reason: (error as Error).message });
    }
  }
  throw new SourceError(failures.map(({ source, reason }) => `${source}: ${reason}`).join('; ') || 'no source');
}

async function fromSource(
  { entry, folder, options, signal, progress }: FetchFilesRequest,
  source: CatalogueSource,
  failures: FetchState['failures'],
): Promise<number> {
  let complete = 0;
  let shown = 0;
  // A wheel counts while it is loaded and again while it is unpacked: what is shown never goes back.
  const show = (bytes: number) => {
    shown = Math.max(shown, bytes);
    progress({ source: source.uri, fetchedBytes: shown, failures });
  };
  show(0);
  for (const file of entry.files) {
    let position = 0;
    await assembleFile({
      file,
      parts: source.files[file.name] ?? [],
      folder,
      signal,
      progress: (bytes) => {
        position = bytes;
        show(complete + position);
      },
      open: (part, from) => {
        const rest = Math.min(part.sizeBytes ?? file.sizeBytes, file.sizeBytes) - from;
        const downloaded = (bytes: number) => show(complete + position + Math.min(bytes, rest));
        return openPart({ part, from, wheelsDir: wheelsOf(folder), signal, downloaded }, options);
      },
    });
    complete += file.sizeBytes;
    show(complete);
  }
  return complete;
}

const wheelsOf = (folder: string): string => join(folder, '.wheels');
