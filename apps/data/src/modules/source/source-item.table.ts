import { projectPolicy } from '@llmops/db';
import { bigint, index, text, timestamp, uniqueIndex } from 'drizzle-orm/pg-core';
import { dataSchema } from '../../db/schema.ts';

export const itemState = ['present', 'removed', 'failed'] as const;
export const itemChange = ['added', 'changed', 'removed'] as const;

export const sourceItems = dataSchema.table(
  'source_items',
  {
    id: text('id').primaryKey(),
    projectId: text('project_id').notNull(),
    sourceId: text('source_id').notNull(),
    path: text('path').notNull(),
    state: text('state', { enum: itemState }).notNull(),
    /** Why the last try to read it failed; its content is the one before. */
    error: text('error').notNull().default(''),
    /** An object of kind `files`; null for an item that was never read. */
    sha256: text('sha256'),
    sizeBytes: bigint('size_bytes', { mode: 'number' }).notNull().default(0),
    mediaType: text('media_type').notNull().default(''),
    title: text('title').notNull().default(''),
    acl: text('acl').array().notNull().default([]),
    modifyTime: timestamp('modify_time', { withTimezone: true }),
    /** The origin's own mark of the content; equal means that it need not be read. */
    version: text('version').notNull().default(''),
    /** The last sync that found it. */
    seenSync: text('seen_sync').notNull(),
    /** The last sync that changed it, and how. */
    changeSync: text('change_sync').notNull(),
    change: text('change', { enum: itemChange }),
  },
  (table) => [
    uniqueIndex('source_items_by_path').on(table.sourceId, table.path),
    index('source_items_by_change').on(table.sourceId, table.changeSync, table.id),
    index('source_items_by_source').on(table.sourceId, table.id),
    projectPolicy(),
  ],
);
