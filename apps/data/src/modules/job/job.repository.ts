import type { JobRow, Transaction } from '@llmops/db';
import { Injectable } from '@nestjs/common';
import { and, desc, eq, lt, or, sql } from 'drizzle-orm';
import { jobs } from '../../db/schema.ts';

/** The jobs table has no row-level security: each query names the project. */
@Injectable()
export class JobRepository {
  /** Newest first; ids sort by the time they were made. */
  async list(
    tx: Transaction,
    projectId: string,
    { limit, before, resource }: { limit: number; before: string | undefined; resource: string },
  ): Promise<JobRow[]> {
    const ofResource = or(
      eq(sql`${jobs.input} ->> 'resource'`, resource),
      eq(sql`${jobs.result} ->> 'resource'`, resource),
    );
    return tx
      .select()
      .from(jobs)
      .where(
        and(
          eq(jobs.projectId, projectId),
          before === undefined ? undefined : lt(jobs.id, before),
          resource === '' ? undefined : ofResource,
        ),
      )
      .orderBy(desc(jobs.id))
      .limit(limit);
  }

  async get(tx: Transaction, projectId: string, id: string): Promise<JobRow | undefined> {
    const [row] = await tx
      .select()
      .from(jobs)
      .where(and(eq(jobs.projectId, projectId), eq(jobs.id, id)));
    return row;
  }
}
