import type { Transaction } from '@llmops/db';
import { Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { LexicalIndex, openSegment } from '../../lexical/index.ts';
import { indexLiteral } from './index-literal.ts';

const cacheBytes = 512 * 2 ** 20;

interface SegmentRow {
  id: string;
  data: Buffer | null;
}

/**
 * The lexical indexes that were searched lately, in memory. Which segments make up an index is asked each time, so what
 * was added, merged or dropped since shows at once; only segments that are not here are read.
 */
@Injectable()
export class SegmentCache {
  readonly #indexes = new LRUCache<string, LexicalIndex>({
    maxSize: cacheBytes,
    sizeCalculation: (index) => index.sizeBytes + 1_000,
    // Larger than all of it: it is read again each time rather than not searched.
    maxEntrySize: cacheBytes,
  });

  /**
   * Runs `use` on the index as it is in the snapshot of this statement. It must not wait: the index is shared, and the next
   * search may see another list of segments.
   */
  async withIndex<T>(tx: Transaction, indexVersionId: string, use: (index: LexicalIndex) => T): Promise<T> {
    const index = this.#indexes.get(indexVersionId) ?? new LexicalIndex();
    const rows = await readSegments(tx, indexVersionId, index.segmentIds);
    const present = new Set(rows.map(({ id }) => id));
    const missing = [...present].filter((id) => !index.has(id));
    const unread = missing.filter((id) => !rows.some((row) => row.data && row.id === id));
    // Another search dropped a segment between our question and now: ask again.
    if (unread.length > 0) return this.withIndex(tx, indexVersionId, use);
    const changed = missing.length > 0 || index.segmentIds.some((id) => !present.has(id));
    for (const id of index.segmentIds) if (!present.has(id)) index.remove(id);
    for (const { id, data } of rows) if (data && !index.has(id)) index.add(id, openSegment(data));
    const result = use(index);
    if (changed || !this.#indexes.has(indexVersionId)) {
      // Setting what is there already would leave its size as it was.
      this.#indexes.delete(indexVersionId);
      this.#indexes.set(indexVersionId, index);
    }
    return result;
  }

  /** Of all indexes in memory. */
  get sizeBytes(): number {
    return this.#indexes.calculatedSize;
  }

  /** Chunks that are gone for good: they are passed over until their segment is merged. */
  forget(indexVersionId: string, ordinals: Iterable<number>): void {
    this.#indexes.peek(indexVersionId)?.delete(ordinals);
  }
}

async function readSegments(tx: Transaction, indexVersionId: string, known: string[]): Promise<SegmentRow[]> {
  const text = `
    select id, case when id = any($1::int8[]) then null else data end as data
    from retrieval.lexical_segments where index_version_id = ${indexLiteral(indexVersionId)} order by id`;
  return (await tx.client.query<SegmentRow>({ text, values: [known] })).rows;
}
