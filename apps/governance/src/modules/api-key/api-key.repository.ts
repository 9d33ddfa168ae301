import { decodeCursor, encodeCursor, type Transaction } from '@llmops/db';
import { Injectable } from '@nestjs/common';
import { and, desc, eq, isNull, lt } from 'drizzle-orm';
import { apiKeys } from './api-key.table.ts';

export type ApiKeyRow = typeof apiKeys.$inferSelect;

@Injectable()
export class ApiKeyRepository {
  /** Newest first; revoked ones too, so that their use can be traced. */
  async page(tx: Transaction, projectId: string, pageSize: number, pageToken: string) {
    const before = decodeCursor(pageToken, ['text'])?.[0];
    const rows = await tx
      .select()
      .from(apiKeys)
      .where(and(eq(apiKeys.projectId, projectId), before === undefined ? undefined : lt(apiKeys.id, before)))
      .orderBy(desc(apiKeys.id))
      .limit(pageSize + 1);
    const page = rows.slice(0, pageSize);
    return { rows: page, nextPageToken: rows.length > pageSize ? encodeCursor([page.at(-1)!.id]) : '' };
  }

  async insert(tx: Transaction, row: typeof apiKeys.$inferInsert): Promise<ApiKeyRow> {
    const [inserted] = await tx.insert(apiKeys).values(row).returning();
    return inserted!;
  }

  /** The key as it is after; undefined when the project has no such key. Revoking twice keeps the first time. */
  async revoke(tx: Transaction, projectId: string, id: string): Promise<ApiKeyRow | undefined> {
    const one = and(eq(apiKeys.projectId, projectId), eq(apiKeys.id, id));
    await tx
      .update(apiKeys)
      .set({ revokeTime: new Date() })
      .where(and(one, isNull(apiKeys.revokeTime)));
    const [row] = await tx.select().from(apiKeys).where(one);
    return row;
  }
}
