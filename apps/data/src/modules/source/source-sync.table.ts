import { projectPolicy } from '@llmops/db';
import { bigint, index, text, timestamp } from 'drizzle-orm/pg-core';
import { dataSchema } from '../../db/schema.ts';

const count = (name: string) => bigint(name, { mode: 'number' }).notNull().default(0);

/** A sync's state is its job's; here is what came of it. */
export const sourceSyncs = dataSchema.table(
  'source_syncs',
  {
    id: text('id').primaryKey(),
    organizationId: text('organization_id').notNull(),
    projectId: text('project_id').notNull(),
    sourceId: text('source_id').notNull(),
    jobId: text('job_id').notNull(),
    added: count('added'),
    changed: count('changed'),
    removed: count('removed'),
    unchanged: count('unchanged'),
    failed: count('failed'),
    readBytes: count('read_bytes'),
    revision: text('revision').notNull().default(''),
    startTime: timestamp('start_time', { withTimezone: true }).notNull().defaultNow(),
    endTime: timestamp('end_time', { withTimezone: true }),
  },
  (table) => [index('source_syncs_by_source').on(table.sourceId, table.id), projectPolicy()],
);
