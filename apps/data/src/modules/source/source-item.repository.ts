import { decodeCursor, encodeCursor, type Transaction } from '@llmops/db';
import { newId } from '@llmops/platform';
import { Injectable } from '@nestjs/common';
import { and, asc, eq, gt, ilike, ne, sql } from 'drizzle-orm';
import { type itemState, sourceItems } from './source-item.table.ts';

export type ItemRow = typeof sourceItems.$inferSelect;

/** What a sync found of an item whose content is new. */
export interface FoundContent {
  path: string;
  sha256: string;
  sizeBytes: number;
  mediaType: string;
  title: string;
  acl: string[];
  modifyTime: Date | null;
  version: string;
}

export interface ItemQuery {
  pageSize: number;
  pageToken: string;
  /** Only what this sync changed. */
  sync: string;
  state: (typeof itemState)[number] | undefined;
  /** Part of the path. */
  query: string;
}

export interface SyncCounts {
  added: number;
  changed: number;
  removed: number;
  unchanged: number;
  failed: number;
}

@Injectable()
export class SourceItemRepository {
  async byPath(tx: Transaction, sourceId: string, path: string): Promise<ItemRow | undefined> {
    const [row] = await tx.select().from(sourceItems).where(at(sourceId, path));
    return row;
  }

  /** Still there, with the content it had. */
  async markSeen(tx: Transaction, id: string, sync: string, change: Partial<ItemRow> = {}): Promise<void> {
    const seen = { seenSync: sync, state: 'present' as const, error: '', ...change };
    await tx.update(sourceItems).set(seen).where(eq(sourceItems.id, id));
  }

  async put(tx: Transaction, projectId: string, sourceId: string, sync: string, found: FoundContent): Promise<void> {
    const before = await this.byPath(tx, sourceId, found.path);
    // An item that comes again after a restart of its own sync is what it was in it: new, or changed.
    const wasThere = before !== undefined && before.state !== 'removed' && before.sha256 !== null;
    const again = before?.changeSync === sync && before.change !== 'removed' ? before.change : undefined;
    const change = again ?? (wasThere ? 'changed' : 'added');
    const row = { ...found, state: 'present' as const, error: '', seenSync: sync, changeSync: sync, change };
    await tx
      .insert(sourceItems)
      .values({ id: newId('itm'), projectId, sourceId, ...row })
      .onConflictDoUpdate({ target: [sourceItems.sourceId, sourceItems.path], set: row });
  }

  /** Could not be read: what was known of it stays. */
  async markFailed(tx: Transaction, projectId: string, sourceId: string, sync: string, path: string, error: string) {
    const failed = { state: 'failed' as const, error, seenSync: sync };
    await tx
      .insert(sourceItems)
      .values({ id: newId('itm'), projectId, sourceId, path, changeSync: '', ...failed })
      .onConflictDoUpdate({ target: [sourceItems.sourceId, sourceItems.path], set: failed });
  }

  /** What the sync did not find is gone. */
  async removeUnseen(tx: Transaction, sourceId: string, sync: string): Promise<void> {
    await tx
      .update(sourceItems)
      .set({ state: 'removed', change: 'removed', changeSync: sync, error: '' })
      .where(and(eq(sourceItems.sourceId, sourceId), ne(sourceItems.seenSync, sync), ne(sourceItems.state, 'removed')));
  }

  async counts(tx: Transaction, sourceId: string, sync: string): Promise<SyncCounts> {
    const count = (condition: ReturnType<typeof sql>) => sql<number>`(count(*) filter (where ${condition}))::int`;
    const changed = sql`${sourceItems.changeSync} = ${sync}`;
    const [row] = await tx
      .select({
        added: count(sql`${changed} and ${sourceItems.change} = 'added'`),
        changed: count(sql`${changed} and ${sourceItems.change} = 'changed'`),
        removed: count(sql`${changed} and ${sourceItems.change} = 'removed'`),
        failed: count(sql`${sourceItems.seenSync} = ${sync} and ${sourceItems.state} = 'failed'`),
        unchanged: count(
          sql`${sourceItems.seenSync} = ${sync} and ${sourceItems.state} = 'present' and not (${changed})`,
        ),
      })
      .from(sourceItems)
      .where(eq(sourceItems.sourceId, sourceId));
    return row!;
  }

  /** In order of their ids. */
  async page(tx: Transaction, projectId: string, sourceId: string, query: ItemQuery) {
    const after = decodeCursor(query.pageToken, ['text'])?.[0];
    const like = `%${query.query.replace(/[\\%_]/g, '\\$&')}%`;
    const rows = await tx
      .select()
      .from(sourceItems)
      .where(
        and(
          eq(sourceItems.projectId, projectId),
          eq(sourceItems.sourceId, sourceId),
          after === undefined ? undefined : gt(sourceItems.id, after),
          query.sync === '' ? undefined : eq(sourceItems.changeSync, query.sync),
          // What is gone shows only where it is asked for.
          query.state
            ? eq(sourceItems.state, query.state)
            : query.sync === ''
              ? ne(sourceItems.state, 'removed')
              : undefined,
          query.query === '' ? undefined : ilike(sourceItems.path, like),
        ),
      )
      .orderBy(asc(sourceItems.id))
      .limit(query.pageSize + 1);
    const page = rows.slice(0, query.pageSize);
    return { rows: page, nextPageToken: rows.length > query.pageSize ? encodeCursor([page.at(-1)!.id]) : '' };
  }

  async find(tx: Transaction, projectId: string, sourceId: string, id: string): Promise<ItemRow | undefined> {
    const [row] = await tx
      .select()
      .from(sourceItems)
      .where(and(eq(sourceItems.projectId, projectId), eq(sourceItems.sourceId, sourceId), eq(sourceItems.id, id)));
    return row;
  }

  /** Those with content, for an import. */
  all(tx: Transaction, projectId: string, sourceId: string): Promise<ItemRow[]> {
    return tx
      .select()
      .from(sourceItems)
      .where(
        and(eq(sourceItems.projectId, projectId), eq(sourceItems.sourceId, sourceId), ne(sourceItems.state, 'removed')),
      )
      .orderBy(asc(sourceItems.path));
  }

  /** Hashes of `files` that items of the project hold. */
  async hashes(tx: Transaction, projectId: string): Promise<Set<string>> {
    const rows = await tx
      .selectDistinct({ sha256: sourceItems.sha256 })
      .from(sourceItems)
      .where(and(eq(sourceItems.projectId, projectId), ne(sourceItems.state, 'removed')));
    return new Set(rows.flatMap(({ sha256 }) => sha256 ?? []));
  }
}

const at = (sourceId: string, path: string) => and(eq(sourceItems.sourceId, sourceId), eq(sourceItems.path, path));
