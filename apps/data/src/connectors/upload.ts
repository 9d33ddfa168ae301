import { archiveKind, entriesOf } from './archive.ts';
import type { Connector, FailedItem, RemoteItem } from './connector.ts';
import type { NamedFile } from './named-file.ts';
import { once } from './once.ts';
import type { PathFilter } from './path-filter.ts';

/** Uploaded files; archives (zip, tar, tar.gz) are opened and stand for what is in them. */
export function uploadConnector(files: readonly NamedFile[], accepts: PathFilter): Connector {
  return {
    async *items(signal) {
      const times = new Map<string, number>();
      for (const file of files) {
        signal.throwIfAborted();
        for await (const item of archiveKind(file.name) ? archived(file, accepts, signal) : plain(file, accepts)) {
          const time = (times.get(item.path) ?? 0) + 1;
          times.set(item.path, time);
          yield time === 1 ? item : { ...item, path: numbered(item.path, time) };
        }
      }
    },
  };
}

/** Names of uploads are bare, and archives may share paths: `a.md`, then `a (2).md`. */
const numbered = (path: string, time: number): string => path.replace(/(\.[^./]*)?$/, ` (${time})$1`);

function* plain(file: NamedFile, accepts: PathFilter): Generator<RemoteItem> {
  const { name: path, version, sizeBytes } = file;
  if (accepts(path)) yield { path, version, sizeBytes, read: () => file.read() };
}

async function* archived(
  file: NamedFile,
  accepts: PathFilter,
  signal: AbortSignal,
): AsyncGenerator<RemoteItem | FailedItem> {
  for await (const entry of entriesOf(file, signal)) {
    if ('error' in entry) yield entry;
    else if (accepts(entry.path)) {
      const { path, bytes } = entry;
      // The archive's hash is part of it: another archive's file of that name is read again and compared.
      yield { path, version: `${file.version}:${path}`, sizeBytes: bytes.length, read: () => once(bytes) };
    }
  }
}
