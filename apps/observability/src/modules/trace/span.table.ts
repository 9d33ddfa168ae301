import { projectPolicy } from '@llmops/db';
import { doublePrecision, index, jsonb, smallint, text, timestamp, uuid } from 'drizzle-orm/pg-core';
import { observabilitySchema } from '../../db/schema.ts';

/** The spans of calls, partitioned by day of `start_time`. Rows are written only with their call, so it keeps them single. */
export const spans = observabilitySchema.table(
  'spans',
  {
    projectId: text('project_id').notNull(),
    callId: text('call_id').notNull(),
    traceId: uuid('trace_id').notNull(),
    spanId: text('span_id').notNull(),
    parentSpanId: text('parent_span_id').notNull(),
    name: text('name').notNull(),
    /** Numbers of span-kind.ts. */
    kind: smallint('kind').notNull(),
    startTime: timestamp('start_time', { withTimezone: true, precision: 3 }).notNull(),
    durationMs: doublePrecision('duration_ms').notNull(),
    status: smallint('status').notNull(),
    statusMessage: text('status_message').notNull(),
    attributes: jsonb('attributes').$type<Record<string, unknown>>().notNull(),
    /** On the client span of a call; other spans have none. */
    inputJson: text('input_json'),
    outputJson: text('output_json'),
  },
  (table) => [index('spans_by_trace').on(table.traceId), projectPolicy()],
);
