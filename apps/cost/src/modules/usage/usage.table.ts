import { projectPolicy } from '@llmops/db';
import { bigint, boolean, index, smallint, text, timestamp } from 'drizzle-orm/pg-core';
import { costSchema } from '../../db/schema.ts';

const count = (name: string) => bigint(name, { mode: 'bigint' }).notNull();

/** The ledger: one row a call, written once and never changed. */
export const usage = costSchema.table(
  'usage',
  {
    callId: text('call_id').primaryKey(),
    organizationId: text('organization_id').notNull(),
    projectId: text('project_id').notNull(),
    traceId: text('trace_id').notNull(),
    time: timestamp('time', { withTimezone: true, precision: 3 }).notNull(),
    actor: text('actor').notNull(),
    operation: text('operation').notNull(),
    model: text('model').notNull(),
    provider: text('provider').notNull(),
    releaseId: text('release_id').notNull(),
    /** Numbers of the contract's Call.Status. */
    status: smallint('status').notNull(),
    inputTokens: count('input_tokens'),
    cachedInputTokens: count('cached_input_tokens'),
    cacheWriteTokens: count('cache_write_tokens'),
    outputTokens: count('output_tokens'),
    reasoningTokens: count('reasoning_tokens'),
    inputAudioTokens: count('input_audio_tokens'),
    outputAudioTokens: count('output_audio_tokens'),
    estimated: boolean('estimated').notNull(),
    /** Numbers of the contract's Price.State. */
    priceState: smallint('price_state').notNull(),
    costNanoUsd: count('cost_nano_usd'),
    priceKey: text('price_key').notNull(),
    priceVersion: text('price_version').notNull(),
  },
  (table) => [index('usage_by_project').on(table.projectId, table.time, table.callId), projectPolicy()],
);
