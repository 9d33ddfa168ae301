/** A file, page or row where it comes from. */
export interface RemoteItem {
  /** Unique in its source: a path below it, or the page's URL. */
  path: string;
  /** Of the content, as cheap as the origin gives it: an ETag, a git blob, size and time. Equal means unchanged. */
  version: string;
  /** Guessed from the name when the origin does not say. */
  mediaType?: string;
  title?: string;
  sizeBytes?: number;
  modifyTime?: Date;
  /** The content. Called once at most, and only for what is new; may throw for this one item alone. */
  read(signal: AbortSignal): AsyncIterable<Uint8Array>;
}

/** What could not be read: the item keeps its last content and the sync goes on. */
export interface FailedItem {
  path: string;
  error: string;
}

/** Lists what is there now. A failure of the listing itself throws; then nothing is taken as removed. */
export interface Connector {
  items(signal: AbortSignal): AsyncIterable<RemoteItem | FailedItem>;
  /** What was listed, for people: `commit 3f2a…`. Known when the listing has begun. */
  revision?(): string;
  /** False after a listing that could not look everywhere: what it did not list may be there still. Absent: it could. */
  sawAll?(): boolean;
  /** Frees what the listing took: a clone, a connection. */
  close?(): Promise<void>;
}

export const isFailed = (item: RemoteItem | FailedItem): item is FailedItem => 'error' in item;
