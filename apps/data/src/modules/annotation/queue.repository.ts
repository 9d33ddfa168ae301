import { decodeCursor, encodeCursor, type Transaction } from '@llmops/db';
import { Injectable } from '@nestjs/common';
import { and, count, desc, eq, inArray, lt } from 'drizzle-orm';
import { annotationClaims, annotationItems, type annotationState, annotations } from './item.table.ts';
import { annotationQueues } from './queue.table.ts';

export type QueueRow = typeof annotationQueues.$inferSelect;
export type StateCounts = Partial<Record<(typeof annotationState)[number], number>>;

@Injectable()
export class QueueRepository {
  /** Newest first. */
  async page(tx: Transaction, projectId: string, pageSize: number, pageToken: string) {
    const before = decodeCursor(pageToken, ['text'])?.[0];
    const rows = await tx
      .select()
      .from(annotationQueues)
      .where(
        and(
          eq(annotationQueues.projectId, projectId),
          before === undefined ? undefined : lt(annotationQueues.id, before),
        ),
      )
      .orderBy(desc(annotationQueues.id))
      .limit(pageSize + 1);
    const page = rows.slice(0, pageSize);
    return { rows: page, nextPageToken: rows.length > pageSize ? encodeCursor([page.at(-1)!.id]) : '' };
  }

  async find(tx: Transaction, projectId: string, id: string): Promise<QueueRow | undefined> {
    const [row] = await tx.select().from(annotationQueues).where(one(projectId, id));
    return row;
  }

  async insert(tx: Transaction, row: typeof annotationQueues.$inferInsert): Promise<QueueRow> {
    const [inserted] = await tx.insert(annotationQueues).values(row).returning();
    return inserted!;
  }

  async update(
    tx: Transaction,
    projectId: string,
    id: string,
    change: Partial<QueueRow>,
  ): Promise<QueueRow | undefined> {
    if (Object.keys(change).length === 0) return this.find(tx, projectId, id);
    const [row] = await tx.update(annotationQueues).set(change).where(one(projectId, id)).returning();
    return row;
  }

  /** With everything in it. */
  async delete(tx: Transaction, projectId: string, id: string): Promise<boolean> {
    const items = tx.select({ id: annotationItems.id }).from(annotationItems).where(eq(annotationItems.queueId, id));
    await tx.delete(annotationClaims).where(inArray(annotationClaims.itemId, items));
    await tx.delete(annotations).where(eq(annotations.queueId, id));
    await tx.delete(annotationItems).where(eq(annotationItems.queueId, id));
    const rows = await tx.delete(annotationQueues).where(one(projectId, id)).returning({ id: annotationQueues.id });
    return rows.length > 0;
  }

  async counts(tx: Transaction, queueIds: readonly string[]): Promise<Map<string, StateCounts>> {
    const counts = new Map<string, StateCounts>();
    if (queueIds.length === 0) return counts;
    const rows = await tx
      .select({ queueId: annotationItems.queueId, state: annotationItems.state, items: count() })
      .from(annotationItems)
      .where(inArray(annotationItems.queueId, [...queueIds]))
      .groupBy(annotationItems.queueId, annotationItems.state);
    for (const { queueId, state, items } of rows) counts.set(queueId, { ...counts.get(queueId), [state]: items });
    return counts;
  }
}

const one = (projectId: string, id: string) =>
  and(eq(annotationQueues.projectId, projectId), eq(annotationQueues.id, id));
