import type { Transaction } from '@llmops/db';
import { Injectable } from '@nestjs/common';
import { and, asc, eq } from 'drizzle-orm';
import { providers } from './provider.table.ts';

export type ProviderRow = typeof providers.$inferSelect;

@Injectable()
export class ProviderRepository {
  async list(tx: Transaction, projectId: string): Promise<ProviderRow[]> {
    return tx.select().from(providers).where(eq(providers.projectId, projectId)).orderBy(asc(providers.id));
  }

  /** Of every project; the rows are held, so that none is deleted until the transaction ends. */
  async all(tx: Transaction): Promise<ProviderRow[]> {
    return tx.select().from(providers).for('share');
  }

  /** Undefined when the project has a provider of that id. */
  async insert(tx: Transaction, row: typeof providers.$inferInsert): Promise<ProviderRow | undefined> {
    const [inserted] = await tx.insert(providers).values(row).onConflictDoNothing().returning();
    return inserted;
  }

  /** The provider as it was; undefined when the project has none of that id. */
  async delete(tx: Transaction, projectId: string, id: string): Promise<ProviderRow | undefined> {
    const [deleted] = await tx
      .delete(providers)
      .where(and(eq(providers.projectId, projectId), eq(providers.id, id)))
      .returning();
    return deleted;
  }
}
