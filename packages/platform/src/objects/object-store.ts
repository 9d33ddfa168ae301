/** Where an object lies: partitioned by project, so that no tenant's content is ever another's. */
export interface ObjectKey {
  projectId: string;
  /** What it is to its service, in lower-case letters: `chunks`, `files`. */
  kind: string;
  /** Of the content, 64 hex characters. What is stored may be a packed form of it. */
  sha256: string;
}

export interface StoredObject {
  sha256: string;
  sizeBytes: number;
  /** When it was last put, also when it was there already: a sweeper leaves alone what is young. */
  putTime: Date;
}

export interface PutStreamOptions {
  /** Refuses content that is longer, with `platform.object_too_large`. */
  maxBytes?: number;
  signal?: AbortSignal;
}

export interface LocalFiles {
  /** In the order of the keys. */
  paths: string[];
  close(): Promise<void>;
}

/** Content by its hash, for one service: files on one machine, a bucket beyond it. Objects never change. */
export interface ObjectStore {
  /** Stores whole or not at all, and survives a crash once it resolves. False when it was there already. */
  put(key: ObjectKey, bytes: Uint8Array): Promise<boolean>;
  /** Stores content whose hash is known at its end. */
  putStream(
    place: Omit<ObjectKey, 'sha256'>,
    content: AsyncIterable<Uint8Array>,
    options?: PutStreamOptions,
  ): Promise<StoredObject & { added: boolean }>;
  /** Throws `platform.object_not_found`. */
  get(key: ObjectKey): Promise<Buffer>;
  /** The bytes from `start`, as they are asked for. Throws `platform.object_not_found`. */
  read(key: ObjectKey, range?: { start?: number }): AsyncIterable<Buffer>;
  stat(key: ObjectKey): Promise<StoredObject | undefined>;
  /** Without effect when it is not there. */
  delete(key: ObjectKey): Promise<void>;
  list(place: Omit<ObjectKey, 'sha256'>): AsyncIterable<StoredObject>;
  /** Projects that have objects. */
  projects(): Promise<string[]>;
  /** The objects as files until they are closed: for child processes, which read files. They must not be changed. */
  openFiles(keys: readonly ObjectKey[]): Promise<LocalFiles>;
  /** The objects as files for as long as `use` takes. */
  withFiles<T>(keys: readonly ObjectKey[], use: (paths: string[]) => Promise<T>): Promise<T>;
}
