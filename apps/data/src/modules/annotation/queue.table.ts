import type { LabelDefinitionJson } from '@llmops/contracts/data/v1/annotation';
import { projectPolicy } from '@llmops/db';
import { index, integer, jsonb, text, timestamp } from 'drizzle-orm/pg-core';
import { dataSchema } from '../../db/schema.ts';

export const annotationQueues = dataSchema.table(
  'annotation_queues',
  {
    id: text('id').primaryKey(),
    organizationId: text('organization_id').notNull(),
    projectId: text('project_id').notNull(),
    displayName: text('display_name').notNull(),
    instructions: text('instructions').notNull(),
    schema: jsonb('schema').$type<LabelDefinitionJson>().notNull(),
    annotatorsPerItem: integer('annotators_per_item').notNull(),
    createdBy: text('created_by').notNull(),
    createTime: timestamp('create_time', { withTimezone: true }).notNull().defaultNow(),
  },
  (table) => [index('annotation_queues_by_project').on(table.projectId, table.id), projectPolicy()],
);
