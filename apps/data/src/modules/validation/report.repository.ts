import type { JobRow, Transaction } from '@llmops/db';
import { Injectable } from '@nestjs/common';
import { and, desc, eq, isNotNull, lt, ne, or, sql } from 'drizzle-orm';
import { jobs } from '../../db/schema.ts';
import { type StoredResult, validationReports } from './report.table.ts';
import { validationSuites } from './suite.table.ts';

export type { StoredResult };

export type ReportRow = typeof validationReports.$inferSelect;

/** A report with the job that makes it. */
export interface ReportWithJob {
  report: ReportRow;
  job: JobRow | null;
}

export interface ReportFilter {
  datasetId: string;
  /** Empty for all. */
  versionId: string;
}

@Injectable()
export class ReportRepository {
  async insert(tx: Transaction, row: typeof validationReports.$inferInsert): Promise<void> {
    await tx.insert(validationReports).values(row);
  }

  /** Newest first. */
  async list(
    tx: Transaction,
    projectId: string,
    { datasetId, versionId }: ReportFilter,
    limit: number,
    before: string | undefined,
  ): Promise<ReportWithJob[]> {
    return this.#withJobs(tx)
      .where(
        and(
          eq(validationReports.projectId, projectId),
          eq(validationReports.datasetId, datasetId),
          versionId === '' ? undefined : eq(validationReports.versionId, versionId),
          before === undefined ? undefined : lt(validationReports.id, before),
        ),
      )
      .orderBy(desc(validationReports.id))
      .limit(limit);
  }

  async get(tx: Transaction, projectId: string, id: string): Promise<ReportWithJob | undefined> {
    const [row] = await this.#withJobs(tx).where(
      and(eq(validationReports.projectId, projectId), eq(validationReports.id, id)),
    );
    return row;
  }

  async end(tx: Transaction, id: string, change: Pick<ReportRow, 'verdict' | 'results' | 'endTime'>): Promise<void> {
    await tx.update(validationReports).set(change).where(eq(validationReports.id, id));
  }

  /** The newest report of each suite that is still there, of those that have ended. */
  async newestOfSuites(tx: Transaction, projectId: string, versionId: string): Promise<ReportRow[]> {
    const rows = await tx
      .selectDistinctOn([validationReports.suiteId], { report: validationReports })
      .from(validationReports)
      .leftJoin(validationSuites, eq(validationSuites.id, validationReports.suiteId))
      .where(
        and(
          eq(validationReports.projectId, projectId),
          eq(validationReports.versionId, versionId),
          isNotNull(validationReports.verdict),
          or(eq(validationReports.suiteId, ''), isNotNull(validationSuites.id)),
        ),
      )
      .orderBy(validationReports.suiteId, desc(validationReports.id));
    return rows.map(({ report }) => report);
  }

  /** Until the transaction ends, verdicts of the version are decided one after the other. */
  async lockVersion(tx: Transaction, versionId: string): Promise<void> {
    await tx.execute(sql`select pg_advisory_xact_lock(hashtext('data.verdict'), hashtext(${versionId}))`);
  }

  /** Whether a suite already looked at the version, or is about to. */
  async has(tx: Transaction, versionId: string, suiteId: string): Promise<boolean> {
    const [row] = await this.#withJobs(tx)
      .where(
        and(
          eq(validationReports.versionId, versionId),
          eq(validationReports.suiteId, suiteId),
          or(isNotNull(validationReports.verdict), ne(jobs.state, 'failed')),
        ),
      )
      .limit(1);
    return row !== undefined;
  }

  #withJobs(tx: Transaction) {
    return tx
      .select({ report: validationReports, job: jobs })
      .from(validationReports)
      .leftJoin(jobs, eq(jobs.id, validationReports.jobId));
  }
}
