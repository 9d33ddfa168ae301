import { projectPolicy } from '@llmops/db';
import { index, jsonb, text, timestamp } from 'drizzle-orm/pg-core';
import { retrievalSchema } from '../../db/schema.ts';

export const knowledgeBases = retrievalSchema.table(
  'knowledge_bases',
  {
    id: text('id').primaryKey(),
    organizationId: text('organization_id').notNull(),
    projectId: text('project_id').notNull(),
    displayName: text('display_name').notNull(),
    description: text('description').notNull(),
    /** The contract's SearchSettings, as JSON. */
    searchSettings: jsonb('search_settings').$type<Record<string, unknown>>().notNull(),
    /** The one that answers. Switching is an update of this row. */
    liveIndexVersion: text('live_index_version').notNull(),
    previousIndexVersion: text('previous_index_version'),
    /** Of `data`: `src_…` */
    sources: text('sources').array().notNull().default([]),
    /** Why someone should look at it: a probe found recall too low. */
    alarm: text('alarm').notNull().default(''),
    createdBy: text('created_by').notNull(),
    createTime: timestamp('create_time', { withTimezone: true }).notNull().defaultNow(),
    updateTime: timestamp('update_time', { withTimezone: true }).notNull().defaultNow(),
    /** Set: gone for callers; what it held is being removed. */
    deleteTime: timestamp('delete_time', { withTimezone: true }),
  },
  (table) => [
    index('knowledge_bases_by_project').on(table.projectId, table.id),
    index('knowledge_bases_by_source').using('gin', table.sources),
    projectPolicy(),
  ],
);
