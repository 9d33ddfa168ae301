import type { JobRow, Transaction } from '@llmops/db';
import { Injectable } from '@nestjs/common';
import { and, desc, eq, lt, or } from 'drizzle-orm';
import { jobs } from '../../db/schema.ts';
import { type ContaminationResult, comparisons, type DriftResult } from './comparison.table.ts';

export type { ContaminationResult, DriftResult };

export type ComparisonRow = typeof comparisons.$inferSelect;
export type ComparisonKind = ComparisonRow['kind'];

export interface ComparisonWithJob {
  comparison: ComparisonRow;
  job: JobRow | null;
}

@Injectable()
export class ComparisonRepository {
  async insert(tx: Transaction, row: typeof comparisons.$inferInsert): Promise<void> {
    await tx.insert(comparisons).values(row);
  }

  /** Newest first; of one version, on either side, where one is named. */
  async list(
    tx: Transaction,
    projectId: string,
    {
      kind,
      version,
      limit,
      before,
    }: { kind: ComparisonKind; version: string; limit: number; before?: string | undefined },
  ): Promise<ComparisonWithJob[]> {
    const either = or(eq(comparisons.firstVersion, version), eq(comparisons.secondVersion, version));
    return this.#withJobs(tx)
      .where(
        and(
          eq(comparisons.projectId, projectId),
          eq(comparisons.kind, kind),
          version === '' ? undefined : either,
          before === undefined ? undefined : lt(comparisons.id, before),
        ),
      )
      .orderBy(desc(comparisons.id))
      .limit(limit);
  }

  async get(
    tx: Transaction,
    projectId: string,
    kind: ComparisonKind,
    id: string,
  ): Promise<ComparisonWithJob | undefined> {
    const [row] = await this.#withJobs(tx).where(
      and(eq(comparisons.projectId, projectId), eq(comparisons.kind, kind), eq(comparisons.id, id)),
    );
    return row;
  }

  async setResult(tx: Transaction, id: string, result: NonNullable<ComparisonRow['result']>): Promise<void> {
    await tx.update(comparisons).set({ result }).where(eq(comparisons.id, id));
  }

  #withJobs(tx: Transaction) {
    return tx
      .select({ comparison: comparisons, job: jobs })
      .from(comparisons)
      .leftJoin(jobs, eq(jobs.id, comparisons.jobId));
  }
}
