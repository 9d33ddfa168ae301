import type { LabelJson } from '@llmops/contracts/data/v1/annotation';
import { projectPolicy } from '@llmops/db';
import { bigint, boolean, index, jsonb, primaryKey, text, timestamp, uniqueIndex } from 'drizzle-orm/pg-core';
import { dataSchema } from '../../db/schema.ts';

export const annotationState = ['pending', 'disputed', 'done', 'skipped'] as const;

export const annotationItems = dataSchema.table(
  'annotation_items',
  {
    id: text('id').primaryKey(),
    projectId: text('project_id').notNull(),
    queueId: text('queue_id').notNull(),
    /** What it was made of: the same row, trace or content is in a queue once. */
    origin: text('origin').notNull(),
    state: text('state', { enum: annotationState }).notNull().default('pending'),
    /** JSON object as text: numbers keep all their digits. */
    content: text('content').notNull(),
    datasetVersion: text('dataset_version').notNull().default(''),
    rowId: text('row_id').notNull().default(''),
    traceId: text('trace_id').notNull().default(''),
    /** Anyone when empty. */
    assignees: text('assignees').array().notNull().default([]),
    result: jsonb('result').$type<LabelJson>(),
    adjudicatedBy: text('adjudicated_by').notNull().default(''),
    swapped: boolean('swapped').notNull(),
    createTime: timestamp('create_time', { withTimezone: true }).notNull().defaultNow(),
  },
  (table) => [
    uniqueIndex('annotation_items_by_origin').on(table.queueId, table.origin),
    index('annotation_items_by_state').on(table.queueId, table.state, table.id),
    projectPolicy(),
  ],
);

export const annotations = dataSchema.table(
  'annotations',
  {
    itemId: text('item_id').notNull(),
    annotator: text('annotator').notNull(),
    projectId: text('project_id').notNull(),
    queueId: text('queue_id').notNull(),
    label: jsonb('label').$type<LabelJson>().notNull(),
    durationMs: bigint('duration_ms', { mode: 'number' }).notNull(),
    createTime: timestamp('create_time', { withTimezone: true }).notNull().defaultNow(),
  },
  (table) => [
    primaryKey({ columns: [table.itemId, table.annotator] }),
    index('annotations_by_queue').on(table.queueId, table.itemId),
    projectPolicy(),
  ],
);

/** Who is looking at an item now: nobody else is given it until then. */
export const annotationClaims = dataSchema.table(
  'annotation_claims',
  {
    itemId: text('item_id').notNull(),
    annotator: text('annotator').notNull(),
    projectId: text('project_id').notNull(),
    expireTime: timestamp('expire_time', { withTimezone: true }).notNull(),
  },
  (table) => [primaryKey({ columns: [table.itemId, table.annotator] }), projectPolicy()],
);
