import { jsonb, text, timestamp } from 'drizzle-orm/pg-core';
import { modelsSchema } from '../../db/schema.ts';

/** Why a source gave nothing. */
export interface SourceFailure {
  source: string;
  reason: string;
}

/**
 * What is known of each catalogue entry's files. No project_id and no row-level security: the catalogue and its files
 * are shared by all projects, and nothing in a row tells of one.
 */
export const artifacts = modelsSchema.table('artifacts', {
  model: text('model').primaryKey(),
  /** The last fetch; its row in `jobs` holds state and progress while it runs. */
  jobId: text('job_id'),
  /** Of the files that are complete on disk; null when there are none. Ready means: equal to the catalogue's. */
  digest: text('digest'),
  /** The source that gave the files. */
  source: text('source'),
  failures: jsonb('failures').$type<SourceFailure[]>().notNull().default([]),
  readyTime: timestamp('ready_time', { withTimezone: true }),
  updateTime: timestamp('update_time', { withTimezone: true }).notNull().defaultNow(),
});
