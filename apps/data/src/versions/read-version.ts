import type { ObjectStore } from '@llmops/platform/objects';
import { rowsOfChunk, type StoredRow } from './chunk-lines.ts';
import { unpack } from './chunk-object.ts';
import type { ChunkRef } from './manifest.ts';
import { chunkKind } from './write-version.ts';

export interface ReadRange {
  /** The first row's index; 0. */
  from?: number;
  /** Index after the last row; all. */
  to?: number;
  /** Rows of this split only, by its number in `splits`. */
  split?: { splits: Uint8Array; number: number } | undefined;
  signal?: AbortSignal | undefined;
}

export interface IndexedRow extends StoredRow {
  /** From 0, in the version's order. */
  index: number;
}

/** Reads rows of one version, by its chunks. */
export class VersionReader {
  readonly #starts: number[] = [];
  readonly rows: number;

  constructor(
    private readonly objects: ObjectStore,
    private readonly projectId: string,
    private readonly chunks: readonly ChunkRef[],
  ) {
    let rows = 0;
    for (const chunk of chunks) {
      this.#starts.push(rows);
      rows += chunk.rows;
    }
    this.rows = rows;
  }

  /** The rows of the range in order, holding two chunks at a time: the one that is read and the next. */
  async *read({ from = 0, to = this.rows, split, signal }: ReadRange = {}): AsyncGenerator<IndexedRow, void> {
    const wanted = this.chunks
      .map((chunk, i) => ({ chunk, start: this.#starts[i]! }))
      .filter(({ chunk, start }) => start < to && start + chunk.rows > from)
      .filter(({ chunk, start }) => !split || split.splits.subarray(start, start + chunk.rows).includes(split.number));
    let next = wanted[0] && this.#load(wanted[0].chunk);
    for (const [i, { start }] of wanted.entries()) {
      signal?.throwIfAborted();
      const rows = await next!;
      const following = wanted[i + 1];
      next = following && this.#load(following.chunk);
      // Failing while nobody waits for it must not end the process; whoever comes to it gets the error.
      next?.catch(() => {});
      for (const [n, row] of rows.entries()) {
        const index = start + n;
        if (index < from) continue;
        if (index >= to) return;
        if (split && split.splits[index] !== split.number) continue;
        yield { ...row, index };
      }
    }
  }

  /** The rows at these indexes, in the order given. */
  async at(indexes: readonly number[]): Promise<IndexedRow[]> {
    const loaded = new Map<number, StoredRow[]>();
    const rows: IndexedRow[] = [];
    for (const index of indexes) {
      const chunk = this.#chunkOf(index);
      if (chunk < 0) continue;
      if (!loaded.has(chunk)) loaded.set(chunk, await this.#load(this.chunks[chunk]!));
      rows.push({ ...loaded.get(chunk)![index - this.#starts[chunk]!]!, index });
    }
    return rows;
  }

  #chunkOf(index: number): number {
    if (index < 0 || index >= this.rows) return -1;
    let low = 0;
    let high = this.chunks.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.#starts[middle]! <= index) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  async #load({ sha256 }: ChunkRef): Promise<StoredRow[]> {
    const packed = await this.objects.get({ projectId: this.projectId, kind: chunkKind, sha256 });
    return rowsOfChunk((await unpack(packed, sha256)).toString('utf8'));
  }
}
