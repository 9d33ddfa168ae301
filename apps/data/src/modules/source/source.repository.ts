import { decodeCursor, encodeCursor, type Transaction } from '@llmops/db';
import { Injectable } from '@nestjs/common';
import { and, desc, eq, inArray, lt, lte, sql } from 'drizzle-orm';
import { jobs } from '../../db/schema.ts';
import { sources } from './source.table.ts';
import { sourceItems } from './source-item.table.ts';
import { sourceSyncs } from './source-sync.table.ts';

export type SourceRow = typeof sources.$inferSelect;
export type SyncRow = typeof sourceSyncs.$inferSelect & {
  state: (typeof jobs.$inferSelect)['state'];
  progress: Record<string, unknown>;
  jobError: string | null;
};

export interface SourceTotals {
  items: number;
  bytes: number;
}

@Injectable()
export class SourceRepository {
  /** Newest first. */
  async page(tx: Transaction, projectId: string, pageSize: number, pageToken: string) {
    const before = decodeCursor(pageToken, ['text'])?.[0];
    const rows = await tx
      .select()
      .from(sources)
      .where(and(eq(sources.projectId, projectId), before === undefined ? undefined : lt(sources.id, before)))
      .orderBy(desc(sources.id))
      .limit(pageSize + 1);
    const page = rows.slice(0, pageSize);
    return { rows: page, nextPageToken: rows.length > pageSize ? encodeCursor([page.at(-1)!.id]) : '' };
  }

  async find(tx: Transaction, projectId: string, id: string, lock = false): Promise<SourceRow | undefined> {
    const query = tx.select().from(sources).where(one(projectId, id));
    const [row] = await (lock ? query.for('update') : query);
    return row;
  }

  async insert(tx: Transaction, row: typeof sources.$inferInsert): Promise<SourceRow> {
    const [inserted] = await tx.insert(sources).values(row).returning();
    return inserted!;
  }

  async update(tx: Transaction, { projectId, id }: SourceRow, change: Partial<SourceRow>): Promise<SourceRow> {
    const [row] = await tx.update(sources).set(change).where(one(projectId, id)).returning();
    return row!;
  }

  /** With its items and syncs. */
  async delete(tx: Transaction, { projectId, id }: Pick<SourceRow, 'projectId' | 'id'>): Promise<void> {
    await tx.delete(sourceItems).where(and(eq(sourceItems.projectId, projectId), eq(sourceItems.sourceId, id)));
    await tx.delete(sourceSyncs).where(and(eq(sourceSyncs.projectId, projectId), eq(sourceSyncs.sourceId, id)));
    await tx.delete(sources).where(one(projectId, id));
  }

  /** Sources whose time has come, of all projects. */
  due(tx: Transaction): Promise<SourceRow[]> {
    return tx.select().from(sources).where(lte(sources.nextSyncTime, new Date())).limit(100);
  }

  async totals(tx: Transaction, projectId: string, ids: readonly string[]): Promise<Map<string, SourceTotals>> {
    if (ids.length === 0) return new Map();
    const rows = await tx
      .select({
        id: sourceItems.sourceId,
        items: sql<number>`count(*)::int`,
        bytes: sql<number>`coalesce(sum(${sourceItems.sizeBytes}), 0)::float8`,
      })
      .from(sourceItems)
      .where(
        and(
          eq(sourceItems.projectId, projectId),
          inArray(sourceItems.sourceId, [...ids]),
          sql`${sourceItems.state} <> 'removed'`,
        ),
      )
      .groupBy(sourceItems.sourceId);
    return new Map(rows.map(({ id, items, bytes }) => [id, { items, bytes }]));
  }

  async insertSync(tx: Transaction, row: typeof sourceSyncs.$inferInsert): Promise<void> {
    await tx.insert(sourceSyncs).values(row);
  }

  async updateSync(tx: Transaction, id: string, change: Partial<typeof sourceSyncs.$inferInsert>): Promise<void> {
    await tx.update(sourceSyncs).set(change).where(eq(sourceSyncs.id, id));
  }

  async syncs(tx: Transaction, projectId: string, ids: readonly string[]): Promise<SyncRow[]> {
    if (ids.length === 0) return [];
    return this.#syncs(tx).where(and(eq(sourceSyncs.projectId, projectId), inArray(sourceSyncs.id, [...ids])));
  }

  /** Newest first. */
  async syncPage(tx: Transaction, projectId: string, sourceId: string, pageSize: number, pageToken: string) {
    const before = decodeCursor(pageToken, ['text'])?.[0];
    const rows = await this.#syncs(tx)
      .where(
        and(
          eq(sourceSyncs.projectId, projectId),
          eq(sourceSyncs.sourceId, sourceId),
          before === undefined ? undefined : lt(sourceSyncs.id, before),
        ),
      )
      .orderBy(desc(sourceSyncs.id))
      .limit(pageSize + 1);
    const page = rows.slice(0, pageSize);
    return { rows: page, nextPageToken: rows.length > pageSize ? encodeCursor([page.at(-1)!.id]) : '' };
  }

  #syncs(tx: Transaction) {
    return tx
      .select({
        id: sourceSyncs.id,
        organizationId: sourceSyncs.organizationId,
        projectId: sourceSyncs.projectId,
        sourceId: sourceSyncs.sourceId,
        jobId: sourceSyncs.jobId,
        added: sourceSyncs.added,
        changed: sourceSyncs.changed,
        removed: sourceSyncs.removed,
        unchanged: sourceSyncs.unchanged,
        failed: sourceSyncs.failed,
        readBytes: sourceSyncs.readBytes,
        revision: sourceSyncs.revision,
        startTime: sourceSyncs.startTime,
        endTime: sourceSyncs.endTime,
        state: jobs.state,
        progress: jobs.progress,
        jobError: jobs.error,
      })
      .from(sourceSyncs)
      .innerJoin(jobs, eq(jobs.id, sourceSyncs.jobId))
      .$dynamic();
  }
}

const one = (projectId: string, id: string) => and(eq(sources.projectId, projectId), eq(sources.id, id));
