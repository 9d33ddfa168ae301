import type { LabelJson } from '@llmops/contracts/data/v1/annotation';
import { decodeCursor, encodeCursor, type Transaction } from '@llmops/db';
import { Injectable } from '@nestjs/common';
import { and, asc, eq, gt, inArray, type SQL, sql } from 'drizzle-orm';
import { annotationClaims, annotationItems, annotations } from './item.table.ts';

export type AnnotationRow = typeof annotations.$inferSelect;
export type ItemRow = typeof annotationItems.$inferSelect;
export type ItemWithLabels = ItemRow & { annotations: AnnotationRow[] };
export type NewItem = typeof annotationItems.$inferInsert;

const claimMinutes = 15;
const insertBatch = 500;

@Injectable()
export class ItemRepository {
  /** How many were not there already. */
  async insert(tx: Transaction, items: readonly NewItem[]): Promise<number> {
    let added = 0;
    for (let i = 0; i < items.length; i += insertBatch) {
      const rows = await tx
        .insert(annotationItems)
        .values(items.slice(i, i + insertBatch))
        .onConflictDoNothing({ target: [annotationItems.queueId, annotationItems.origin] })
        .returning({ id: annotationItems.id });
      added += rows.length;
    }
    return added;
  }

  /** In the order they were added. */
  async page(
    tx: Transaction,
    queueId: string,
    { state, pageSize, pageToken }: { state: ItemRow['state'] | undefined; pageSize: number; pageToken: string },
  ) {
    const after = decodeCursor(pageToken, ['text'])?.[0];
    const rows = await tx
      .select()
      .from(annotationItems)
      .where(
        and(
          eq(annotationItems.queueId, queueId),
          state === undefined ? undefined : eq(annotationItems.state, state),
          after === undefined ? undefined : gt(annotationItems.id, after),
        ),
      )
      .orderBy(asc(annotationItems.id))
      .limit(pageSize + 1);
    const page = await this.#withLabels(tx, rows.slice(0, pageSize));
    return { rows: page, nextPageToken: rows.length > pageSize ? encodeCursor([page.at(-1)!.id]) : '' };
  }

  /** `lock` keeps other labels of it out until the transaction ends. */
  async find(tx: Transaction, queueId: string, id: string, lock = false): Promise<ItemWithLabels | undefined> {
    const query = tx
      .select()
      .from(annotationItems)
      .where(and(eq(annotationItems.queueId, queueId), eq(annotationItems.id, id)));
    const rows = await (lock ? query.for('update') : query);
    return (await this.#withLabels(tx, rows))[0];
  }

  /** Everything of a queue in one state, page by page. */
  async *all(tx: Transaction, queueId: string, state: ItemRow['state'] | undefined): AsyncGenerator<ItemWithLabels> {
    let pageToken = '';
    do {
      const page = await this.page(tx, queueId, { state, pageSize: 500, pageToken });
      yield* page.rows;
      pageToken = page.nextPageToken;
    } while (pageToken !== '');
  }

  /**
   * The next item for someone, held for some minutes: one they have begun with first, then those that need the fewest more
   * labels. Not one that they labelled or that enough others look at, nor one that is somebody else's.
   */
  async claim(tx: Transaction, queueId: string, projectId: string, annotator: string, perItem: number) {
    const claimed = sql`(select count(*) from data.annotation_claims c
      where c.item_id = ${annotationItems.id} and c.annotator <> ${annotator} and c.expire_time > now()
      and not exists (select from data.annotations a where a.item_id = c.item_id and a.annotator = c.annotator))`;
    const labelled = sql`(select count(*) from data.annotations a where a.item_id = ${annotationItems.id})`;
    const mine = sql`exists (select from data.annotations a
      where a.item_id = ${annotationItems.id} and a.annotator = ${annotator})`;
    const begun = sql`exists (select from data.annotation_claims c
      where c.item_id = ${annotationItems.id} and c.annotator = ${annotator} and c.expire_time > now())`;
    const isFree = sql`${labelled} + ${claimed} < ${perItem}`;
    const next = tx
      .select()
      .from(annotationItems)
      .where(
        and(
          eq(annotationItems.queueId, queueId),
          eq(annotationItems.state, 'pending'),
          sql`(cardinality(${annotationItems.assignees}) = 0 or ${annotator} = any(${annotationItems.assignees}))`,
          sql`not ${mine}`,
          isFree,
        ),
      )
      .orderBy(sql`${begun} desc`, sql`${labelled} desc`, asc(annotationItems.id))
      .limit(1)
      .for('update', { skipLocked: true });
    let row: ItemRow | undefined;
    do {
      [row] = await next;
      if (!row) return undefined;
      // It was read before its lock was ours: somebody may have taken it in between.
    } while (!(await this.#is(tx, row.id, isFree)));
    const expireTime = new Date(Date.now() + claimMinutes * 60_000);
    await tx
      .insert(annotationClaims)
      .values({ itemId: row.id, annotator, projectId, expireTime })
      .onConflictDoUpdate({
        target: [annotationClaims.itemId, annotationClaims.annotator],
        set: { expireTime },
      });
    return (await this.#withLabels(tx, [row]))[0];
  }

  async #is(tx: Transaction, id: string, condition: SQL): Promise<boolean> {
    const rows = await tx
      .select({ id: annotationItems.id })
      .from(annotationItems)
      .where(and(eq(annotationItems.id, id), condition));
    return rows.length > 0;
  }

  async putLabel(
    tx: Transaction,
    { id, queueId, projectId }: ItemRow,
    annotator: string,
    label: LabelJson,
    durationMs: number,
  ): Promise<void> {
    await tx
      .insert(annotations)
      .values({ itemId: id, queueId, projectId, annotator, label, durationMs })
      .onConflictDoUpdate({
        target: [annotations.itemId, annotations.annotator],
        set: { label, durationMs, createTime: new Date() },
      });
    await this.release(tx, id, annotator);
  }

  async release(tx: Transaction, itemId: string, annotator: string): Promise<void> {
    await tx
      .delete(annotationClaims)
      .where(and(eq(annotationClaims.itemId, itemId), eq(annotationClaims.annotator, annotator)));
  }

  async update(tx: Transaction, id: string, change: Partial<ItemRow>): Promise<void> {
    await tx.update(annotationItems).set(change).where(eq(annotationItems.id, id));
  }

  async #withLabels(tx: Transaction, rows: readonly ItemRow[]): Promise<ItemWithLabels[]> {
    if (rows.length === 0) return [];
    const labels = await tx
      .select()
      .from(annotations)
      .where(
        inArray(
          annotations.itemId,
          rows.map(({ id }) => id),
        ),
      )
      .orderBy(asc(annotations.createTime));
    const byItem = new Map<string, AnnotationRow[]>();
    for (const label of labels) byItem.set(label.itemId, [...(byItem.get(label.itemId) ?? []), label]);
    return rows.map((row) => ({ ...row, annotations: byItem.get(row.id) ?? [] }));
  }
}
