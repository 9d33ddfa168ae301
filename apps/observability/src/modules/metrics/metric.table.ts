import { projectPolicy } from '@llmops/db';
import { bigint, integer, primaryKey, text, timestamp } from 'drizzle-orm/pg-core';
import { observabilitySchema } from '../../db/schema.ts';

const count = (name: string) => bigint(name, { mode: 'number' }).notNull();

/** Roll-ups per project, model and minute, and the same per hour, so that a month is read from 720 rows and not 43,200. */
export const metrics = observabilitySchema.table(
  'metrics',
  {
    projectId: text('project_id').notNull(),
    /** 60 or 3600. */
    widthS: integer('width_s').notNull(),
    time: timestamp('time', { withTimezone: true, precision: 0 }).notNull(),
    model: text('model').notNull(),
    requests: count('requests'),
    errors: count('errors'),
    cancelled: count('cancelled'),
    inputTokens: count('input_tokens'),
    outputTokens: count('output_tokens'),
    /** Counts by bucket of histogram.ts. */
    durationCounts: integer('duration_counts').array().notNull(),
    timeToFirstTokenCounts: integer('time_to_first_token_counts').array().notNull(),
  },
  (table) => [primaryKey({ columns: [table.projectId, table.widthS, table.time, table.model] }), projectPolicy()],
);
