import type { SourceConfigJson } from '@llmops/contracts/data/v1/source';
import { projectPolicy } from '@llmops/db';
import { index, integer, jsonb, text, timestamp } from 'drizzle-orm/pg-core';
import { dataSchema } from '../../db/schema.ts';

export const sources = dataSchema.table(
  'sources',
  {
    id: text('id').primaryKey(),
    organizationId: text('organization_id').notNull(),
    projectId: text('project_id').notNull(),
    displayName: text('display_name').notNull(),
    /** In the contract's JSON form. Holds ids of secrets, never their values. */
    config: jsonb('config').$type<SourceConfigJson>().notNull(),
    /** 0 for by hand only. */
    syncIntervalMinutes: integer('sync_interval_minutes').notNull(),
    nextSyncTime: timestamp('next_sync_time', { withTimezone: true }),
    lastSync: text('last_sync'),
    createdBy: text('created_by').notNull(),
    createTime: timestamp('create_time', { withTimezone: true }).notNull().defaultNow(),
  },
  (table) => [
    index('sources_by_project').on(table.projectId, table.id),
    index('sources_due').on(table.nextSyncTime),
    projectPolicy(),
  ],
);
