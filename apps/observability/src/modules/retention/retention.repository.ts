import type { Transaction } from '@llmops/db';
import { Injectable } from '@nestjs/common';
import { sql } from 'drizzle-orm';

export interface Cutoffs {
  traces: Date;
  hourlyMetrics: Date;
  inbox: Date;
}

@Injectable()
export class RetentionRepository {
  /** Deletes what does not go with a partition; what the default partition holds among it. Returns the rows. */
  async deleteBefore(tx: Transaction, cutoffs: Cutoffs): Promise<number> {
    const before = (date: Date) => sql`${date.toISOString()}::timestamptz`;
    const statements = [
      sql`delete from observability.calls where start_time < ${before(cutoffs.traces)}`,
      sql`delete from observability.spans where start_time < ${before(cutoffs.traces)}`,
      sql`delete from observability.sessions where last_time < ${before(cutoffs.traces)}`,
      sql`delete from observability.metrics where width_s = 60 and time < ${before(cutoffs.traces)}`,
      sql`delete from observability.metrics where width_s = 3600 and time < ${before(cutoffs.hourlyMetrics)}`,
      sql`delete from observability.inbox where receive_time < ${before(cutoffs.inbox)}`,
    ];
    let deleted = 0;
    for (const statement of statements) deleted += (await tx.execute(statement)).rowCount ?? 0;
    return deleted;
  }
}
