import { decodeCursor, encodeCursor, type Transaction } from '@llmops/db';
import { Injectable } from '@nestjs/common';
import { and, desc, eq, lt } from 'drizzle-orm';
import { secrets } from './secret.table.ts';

export type SecretRow = typeof secrets.$inferSelect;

@Injectable()
export class SecretRepository {
  /** Newest first. */
  async page(tx: Transaction, projectId: string, pageSize: number, pageToken: string) {
    const before = decodeCursor(pageToken, ['text'])?.[0];
    const rows = await tx
      .select()
      .from(secrets)
      .where(and(eq(secrets.projectId, projectId), before === undefined ? undefined : lt(secrets.id, before)))
      .orderBy(desc(secrets.id))
      .limit(pageSize + 1);
    const page = rows.slice(0, pageSize);
    return { rows: page, nextPageToken: rows.length > pageSize ? encodeCursor([page.at(-1)!.id]) : '' };
  }

  async insert(tx: Transaction, row: typeof secrets.$inferInsert): Promise<SecretRow> {
    const [inserted] = await tx.insert(secrets).values(row).returning();
    return inserted!;
  }

  async find(tx: Transaction, projectId: string, id: string): Promise<SecretRow | undefined> {
    const [row] = await tx.select().from(secrets).where(one(projectId, id));
    return row;
  }

  async rotate(tx: Transaction, projectId: string, id: string, sealedValue: string): Promise<SecretRow | undefined> {
    const change = { sealedValue, rotateTime: new Date() };
    const [row] = await tx.update(secrets).set(change).where(one(projectId, id)).returning();
    return row;
  }

  /** Whether there was one. */
  async delete(tx: Transaction, projectId: string, id: string): Promise<boolean> {
    const rows = await tx.delete(secrets).where(one(projectId, id)).returning({ id: secrets.id });
    return rows.length > 0;
  }
}

const one = (projectId: string, id: string) => and(eq(secrets.projectId, projectId), eq(secrets.id, id));
