import { projectPolicy } from '@llmops/db';
import { bigint, integer, primaryKey, text, timestamp } from 'drizzle-orm/pg-core';
import { costSchema } from '../../db/schema.ts';

const count = (name: string) => bigint(name, { mode: 'bigint' }).notNull();

/** Sums of the ledger per project, model and actor, by minute and by hour; kept in the transaction of the rows. */
export const usageSums = costSchema.table(
  'usage_sums',
  {
    projectId: text('project_id').notNull(),
    /** 60 or 3600. */
    widthS: integer('width_s').notNull(),
    time: timestamp('time', { withTimezone: true, precision: 0 }).notNull(),
    model: text('model').notNull(),
    actor: text('actor').notNull(),
    calls: count('calls'),
    inputTokens: count('input_tokens'),
    outputTokens: count('output_tokens'),
    costNanoUsd: count('cost_nano_usd'),
    unpricedCalls: count('unpriced_calls'),
  },
  (table) => [
    primaryKey({ columns: [table.projectId, table.widthS, table.time, table.model, table.actor] }),
    projectPolicy(),
  ],
);
