import type { Transaction } from '@llmops/db';
import { Injectable } from '@nestjs/common';
import { and, asc, eq, gt, isNull } from 'drizzle-orm';
import { knowledgeBases } from './knowledge-base.table.ts';

export type KnowledgeBaseRow = typeof knowledgeBases.$inferSelect;

@Injectable()
export class KnowledgeBaseRepository {
  async page(
    tx: Transaction,
    projectId: string,
    after: string | undefined,
    limit: number,
  ): Promise<KnowledgeBaseRow[]> {
    return tx
      .select()
      .from(knowledgeBases)
      .where(
        and(
          eq(knowledgeBases.projectId, projectId),
          isNull(knowledgeBases.deleteTime),
          after === undefined ? undefined : gt(knowledgeBases.id, after),
        ),
      )
      .orderBy(asc(knowledgeBases.id))
      .limit(limit);
  }

  async get(tx: Transaction, id: string): Promise<KnowledgeBaseRow | undefined> {
    const [row] = await tx.select().from(knowledgeBases).where(this.#present(id));
    return row;
  }

  async insert(tx: Transaction, row: typeof knowledgeBases.$inferInsert): Promise<KnowledgeBaseRow> {
    const [inserted] = await tx.insert(knowledgeBases).values(row).returning();
    return inserted!;
  }

  /** As it was before; held for the transaction. */
  async lock(tx: Transaction, id: string): Promise<KnowledgeBaseRow | undefined> {
    const [row] = await tx.select().from(knowledgeBases).where(this.#present(id)).for('update');
    return row;
  }

  async change(tx: Transaction, id: string, change: Partial<KnowledgeBaseRow>): Promise<void> {
    await tx
      .update(knowledgeBases)
      .set({ ...change, updateTime: new Date() })
      .where(eq(knowledgeBases.id, id));
  }

  #present = (id: string) => and(eq(knowledgeBases.id, id), isNull(knowledgeBases.deleteTime));
}
