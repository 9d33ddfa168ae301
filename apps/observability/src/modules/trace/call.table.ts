import { projectPolicy } from '@llmops/db';
import { sql } from 'drizzle-orm';
import {
  bigint,
  boolean,
  doublePrecision,
  index,
  integer,
  primaryKey,
  smallint,
  text,
  timestamp,
  uuid,
} from 'drizzle-orm/pg-core';
import { observabilitySchema } from '../../db/schema.ts';

const tokens = (name: string) => bigint(name, { mode: 'number' }).notNull();

/** One row a call; what a list shows and nothing larger. Partitioned by day of `start_time` (see drizzle/0000_init.sql). */
export const calls = observabilitySchema.table(
  'calls',
  {
    id: text('id').notNull(),
    organizationId: text('organization_id').notNull(),
    projectId: text('project_id').notNull(),
    startTime: timestamp('start_time', { withTimezone: true, precision: 3 }).notNull(),
    traceId: uuid('trace_id').notNull(),
    name: text('name').notNull(),
    operation: text('operation').notNull(),
    model: text('model').notNull(),
    provider: text('provider').notNull(),
    releaseId: text('release_id').notNull(),
    actor: text('actor').notNull(),
    sessionId: text('session_id').notNull(),
    endUser: text('end_user').notNull(),
    durationMs: doublePrecision('duration_ms').notNull(),
    timeToFirstTokenMs: doublePrecision('time_to_first_token_ms').notNull(),
    /** Numbers of the contract's Call.Status. */
    status: smallint('status').notNull(),
    errorCode: text('error_code').notNull(),
    inputTokens: tokens('input_tokens'),
    cachedInputTokens: tokens('cached_input_tokens'),
    cacheWriteTokens: tokens('cache_write_tokens'),
    outputTokens: tokens('output_tokens'),
    reasoningTokens: tokens('reasoning_tokens'),
    inputAudioTokens: tokens('input_audio_tokens'),
    outputAudioTokens: tokens('output_audio_tokens'),
    usageEstimated: boolean('usage_estimated').notNull(),
    /** Numbers of the contract's Price.State. */
    priceState: smallint('price_state').notNull(),
    costNanoUsd: bigint('cost_nano_usd', { mode: 'bigint' }).notNull(),
    priceKey: text('price_key').notNull(),
    priceVersion: text('price_version').notNull(),
    spanCount: integer('span_count').notNull(),
    inputPreview: text('input_preview').notNull(),
    outputPreview: text('output_preview').notNull(),
    /** Hashed words of input and output, see search-terms.ts. */
    terms: integer('terms').array().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.id, table.startTime] }),
    index('calls_by_project').on(table.projectId, table.startTime, table.id),
    index('calls_by_trace').on(table.traceId),
    index('calls_by_model').on(table.projectId, table.model, table.startTime),
    index('calls_by_session').on(table.projectId, table.sessionId, table.startTime).where(sql`session_id <> ''`),
    index('calls_by_end_user').on(table.projectId, table.endUser, table.startTime).where(sql`end_user <> ''`),
    index('calls_failed').on(table.projectId, table.startTime, table.id).where(sql`status <> 1`),
    index('calls_by_terms').using('gin', table.terms),
    projectPolicy(),
  ],
);
