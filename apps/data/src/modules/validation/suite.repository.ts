import type { Transaction } from '@llmops/db';
import { Injectable } from '@nestjs/common';
import { and, desc, eq, lt, sql } from 'drizzle-orm';
import { validationSuites } from './suite.table.ts';

export type SuiteRow = typeof validationSuites.$inferSelect;

@Injectable()
export class SuiteRepository {
  /** Newest first; ids sort by the time they were made. */
  async list(tx: Transaction, projectId: string, limit: number, before: string | undefined): Promise<SuiteRow[]> {
    const older = before === undefined ? undefined : lt(validationSuites.id, before);
    return tx
      .select()
      .from(validationSuites)
      .where(and(eq(validationSuites.projectId, projectId), older))
      .orderBy(desc(validationSuites.id))
      .limit(limit);
  }

  /** Those that run by themselves on a dataset's new versions. */
  async ofDataset(tx: Transaction, projectId: string, datasetId: string): Promise<SuiteRow[]> {
    const named = sql`${validationSuites.datasets} @> ${JSON.stringify([datasetId])}::jsonb`;
    return tx
      .select()
      .from(validationSuites)
      .where(and(eq(validationSuites.projectId, projectId), named));
  }

  async get(tx: Transaction, projectId: string, id: string): Promise<SuiteRow | undefined> {
    const [row] = await tx.select().from(validationSuites).where(one(projectId, id));
    return row;
  }

  async insert(tx: Transaction, row: typeof validationSuites.$inferInsert): Promise<SuiteRow> {
    const [inserted] = await tx.insert(validationSuites).values(row).returning();
    return inserted!;
  }

  async update(
    tx: Transaction,
    projectId: string,
    id: string,
    change: Partial<SuiteRow>,
  ): Promise<SuiteRow | undefined> {
    const [row] = await tx
      .update(validationSuites)
      .set({ ...change, updateTime: new Date() })
      .where(one(projectId, id))
      .returning();
    return row;
  }

  async delete(tx: Transaction, projectId: string, id: string): Promise<boolean> {
    const rows = await tx.delete(validationSuites).where(one(projectId, id)).returning({ id: validationSuites.id });
    return rows.length > 0;
  }
}

const one = (projectId: string, id: string) =>
  and(eq(validationSuites.projectId, projectId), eq(validationSuites.id, id));
