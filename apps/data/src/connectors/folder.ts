import { createReadStream } from 'node:fs';
import { opendir, realpath, stat } from 'node:fs/promises';
import { isAbsolute, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { originFailed, originForbidden } from './connector.errors.ts';
import type { Connector, FailedItem, RemoteItem } from './connector.ts';
import type { PathFilter } from './path-filter.ts';

export interface FolderOptions {
  path: string;
  /** Folders below which sources may lie. */
  allowed: readonly string[];
}

/** Files of a folder, and of those below it. Links that lead out of it are not followed. */
export function folderConnector(options: FolderOptions, accepts: PathFilter): Connector {
  return {
    async *items(signal) {
      const root = await checkFolder(options.path, options.allowed);
      yield* walk(root, root, accepts, signal);
    },
  };
}

/** The folder's real path. Throws `data.origin_forbidden` for one that is not below an allowed one. */
export async function checkFolder(path: string, allowed: readonly string[]): Promise<string> {
  if (!isAbsolute(path)) throw originForbidden(`${path}: expected an absolute path.`);
  const roots = await Promise.all(allowed.map((one) => realpath(one).catch(() => undefined)));
  const real = await realpath(path).catch(() => undefined);
  // The same answer for what is not there and what is not ours to tell of.
  if (!real || !roots.some((root) => root !== undefined && isBelow(root, real))) {
    throw originForbidden(`${path}: is not a folder below one that this installation allows (DATA_FOLDERS).`);
  }
  if (!(await stat(real)).isDirectory()) throw originForbidden(`${path}: is not a folder.`);
  return real;
}

/** The folder that a `file:` address names. Throws `data.origin_forbidden` for one on another host. */
export function folderOf(url: string): string {
  try {
    return fileURLToPath(url);
  } catch (error) {
    throw originForbidden(`${url}: ${(error as Error).message}.`);
  }
}

export const isBelow = (root: string, path: string): boolean => path === root || path.startsWith(root + sep);

async function* walk(
  root: string,
  folder: string,
  accepts: PathFilter,
  signal: AbortSignal,
): AsyncGenerator<RemoteItem | FailedItem> {
  const entries = await opendir(folder).catch((error: Error) => {
    throw originFailed(`${relative(root, folder) || '.'}: ${error.message}`, error);
  });
  for await (const entry of entries) {
    signal.throwIfAborted();
    const full = join(folder, entry.name);
    const path = relative(root, full).split(sep).join('/');
    // Version control's own files are nobody's documents.
    if (entry.isDirectory() && entry.name !== '.git') yield* walk(root, full, accepts, signal);
    else if ((entry.isFile() || entry.isSymbolicLink()) && accepts(path)) yield* one(root, full, path);
  }
}

async function* one(root: string, full: string, path: string): AsyncGenerator<RemoteItem | FailedItem> {
  const real = await realpath(full).catch(() => undefined);
  if (!real || !isBelow(root, real)) return;
  const found = await stat(real).catch(() => undefined);
  if (!found?.isFile()) return;
  yield {
    path,
    version: `${found.size}-${found.mtimeMs}-${found.ino}`,
    sizeBytes: found.size,
    modifyTime: found.mtime,
    read: () => createReadStream(real),
  };
}
