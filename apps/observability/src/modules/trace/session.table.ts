import { projectPolicy } from '@llmops/db';
import { bigint, index, primaryKey, text, timestamp } from 'drizzle-orm/pg-core';
import { observabilitySchema } from '../../db/schema.ts';

const count = (name: string) => bigint(name, { mode: 'bigint' }).notNull();

/** Sums per session, kept with the calls, so that listing sessions reads no calls. */
export const sessions = observabilitySchema.table(
  'sessions',
  {
    projectId: text('project_id').notNull(),
    id: text('id').notNull(),
    startTime: timestamp('start_time', { withTimezone: true, precision: 3 }).notNull(),
    lastTime: timestamp('last_time', { withTimezone: true, precision: 3 }).notNull(),
    traceCount: count('trace_count'),
    errorCount: count('error_count'),
    totalTokens: count('total_tokens'),
    costNanoUsd: count('cost_nano_usd'),
    endUser: text('end_user').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.projectId, table.id] }),
    index('sessions_by_time').on(table.projectId, table.lastTime, table.id),
    projectPolicy(),
  ],
);
