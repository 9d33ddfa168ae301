import type { Transaction } from '@llmops/db';
import { Injectable } from '@nestjs/common';
import { and, asc, eq, gt } from 'drizzle-orm';
import { chunks } from './chunk.table.ts';

export type ChunkRow = typeof chunks.$inferSelect;

@Injectable()
export class ChunkRepository {
  /** In reading order, after the position `after`. */
  async page(
    tx: Transaction,
    place: { indexVersionId: string; documentOrdinal: number },
    after: number,
    limit: number,
  ): Promise<ChunkRow[]> {
    return tx
      .select()
      .from(chunks)
      .where(
        and(
          eq(chunks.indexVersionId, place.indexVersionId),
          eq(chunks.documentOrdinal, place.documentOrdinal),
          gt(chunks.position, after),
        ),
      )
      .orderBy(asc(chunks.position))
      .limit(limit);
  }
}
