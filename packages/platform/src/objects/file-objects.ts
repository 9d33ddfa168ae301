import { createHash, randomBytes } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { type FileHandle, mkdir, open, readdir, readFile, rename, rm, stat, utimes } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { objectNotFound, objectTooLarge } from './object.errors.ts';
import { checkedHash, checkedName, isObjectHash, isObjectName } from './object-name.ts';
import type { LocalFiles, ObjectKey, ObjectStore, PutStreamOptions, StoredObject } from './object-store.ts';

const tempFolder = '.incoming';

type Place = Omit<ObjectKey, 'sha256'>;

/** Objects as files: `<root>/<project>/<kind>/<first two characters>/<sha256>`. */
export class FileObjects implements ObjectStore {
  /** @param root the service's folder in OBJECTS_DIR; made when it is absent. */
  constructor(private readonly root: string) {}

  async put(key: ObjectKey, bytes: Uint8Array): Promise<boolean> {
    const path = this.#path(key);
    if (await touch(path)) return false;
    await this.#write(path, async (file) => file.writeFile(bytes));
    return true;
  }

  async putStream(place: Place, content: AsyncIterable<Uint8Array>, options: PutStreamOptions = {}) {
    const { maxBytes = Number.POSITIVE_INFINITY, signal } = options;
    const hash = createHash('sha256');
    let sizeBytes = 0;
    const temp = await this.#temp(async (file) => {
      for await (const bytes of content) {
        signal?.throwIfAborted();
        sizeBytes += bytes.length;
        if (sizeBytes > maxBytes) throw objectTooLarge(maxBytes);
        hash.update(bytes);
        await file.writeFile(bytes);
      }
    });
    const sha256 = hash.digest('hex');
    const path = this.#path({ ...place, sha256 });
    const added = !(await touch(path));
    if (added) await settle(temp, path);
    else await rm(temp, { force: true });
    return { sha256, sizeBytes, putTime: new Date(), added };
  }

  async get(key: ObjectKey): Promise<Buffer> {
    try {
      return await readFile(this.#path(key));
    } catch (error) {
      throw isAbsent(error) ? objectNotFound(key) : error;
    }
  }

  async *read(key: ObjectKey, { start = 0 } = {}): AsyncIterable<Buffer> {
    try {
      yield* createReadStream(this.#path(key), { start, highWaterMark: 256 << 10 }) as AsyncIterable<Buffer>;
    } catch (error) {
      throw isAbsent(error) ? objectNotFound(key) : error;
    }
  }

  async stat(key: ObjectKey): Promise<StoredObject | undefined> {
    return statOf(this.#path(key), key.sha256);
  }

  async delete(key: ObjectKey): Promise<void> {
    await rm(this.#path(key), { force: true });
  }

  async *list({ projectId, kind }: Place): AsyncIterable<StoredObject> {
    const folder = join(this.root, checkedName(projectId), checkedName(kind));
    for (const part of await names(folder)) {
      for (const sha256 of await names(join(folder, part))) {
        const object = isObjectHash(sha256) && (await statOf(join(folder, part, sha256), sha256));
        if (object) yield object;
      }
    }
  }

  async projects(): Promise<string[]> {
    return (await names(this.root)).filter((name) => name !== tempFolder && isObjectName(name));
  }

  async openFiles(keys: readonly ObjectKey[]): Promise<LocalFiles> {
    return { paths: keys.map((key) => this.#path(key)), close: async () => {} };
  }

  async withFiles<T>(keys: readonly ObjectKey[], use: (paths: string[]) => Promise<T>): Promise<T> {
    const files = await this.openFiles(keys);
    try {
      return await use(files.paths);
    } finally {
      await files.close();
    }
  }

  #path({ projectId, kind, sha256 }: ObjectKey): string {
    const hash = checkedHash(sha256);
    return join(this.root, checkedName(projectId), checkedName(kind), hash.slice(0, 2), hash);
  }

  async #write(path: string, fill: (file: FileHandle) => Promise<void>): Promise<void> {
    await settle(await this.#temp(fill), path);
  }

  /** A file that is filled and on the disk, under a name of its own; nothing when filling fails. */
  async #temp(fill: (file: FileHandle) => Promise<void>): Promise<string> {
    const path = join(this.root, tempFolder, randomBytes(12).toString('hex'));
    await mkdir(dirname(path), { recursive: true });
    const file = await open(path, 'wx');
    try {
      await fill(file);
      await file.sync();
    } catch (error) {
      await file.close();
      await rm(path, { force: true });
      throw error;
    }
    await file.close();
    return path;
  }
}

/** Gives a complete file its name, and makes the name last through a power cut. */
async function settle(temp: string, path: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await rename(temp, path);
  const folder = await open(dirname(path), 'r');
  try {
    // Not every file system can; the content itself is safe.
    await folder.sync().catch(() => {});
  } finally {
    await folder.close();
  }
}

/** Whether the file is there; its time becomes now. */
async function touch(path: string): Promise<boolean> {
  const now = new Date();
  return utimes(path, now, now).then(
    () => true,
    (error: unknown) => {
      if (isAbsent(error)) return false;
      throw error;
    },
  );
}

const statOf = (path: string, sha256: string): Promise<StoredObject | undefined> =>
  stat(path).then(
    ({ size, mtime }) => ({ sha256, sizeBytes: size, putTime: mtime }),
    (error: unknown) => {
      if (isAbsent(error)) return undefined;
      throw error;
    },
  );

const names = (folder: string): Promise<string[]> =>
  readdir(folder).then(
    (found) => found.sort(),
    (error: unknown) => {
      if (isAbsent(error)) return [];
      throw error;
    },
  );

const isAbsent = (error: unknown): boolean => (error as NodeJS.ErrnoException).code === 'ENOENT';
