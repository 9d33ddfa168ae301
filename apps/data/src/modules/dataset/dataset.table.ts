import { projectPolicy } from '@llmops/db';
import { index, integer, text, timestamp } from 'drizzle-orm/pg-core';
import { dataSchema } from '../../db/schema.ts';

export const datasets = dataSchema.table(
  'datasets',
  {
    id: text('id').primaryKey(),
    organizationId: text('organization_id').notNull(),
    projectId: text('project_id').notNull(),
    displayName: text('display_name').notNull(),
    description: text('description').notNull().default(''),
    /** Of the newest version; numbers are never given twice, also after a deletion. */
    lastNumber: integer('last_number').notNull().default(0),
    createdBy: text('created_by').notNull(),
    createTime: timestamp('create_time', { withTimezone: true }).notNull().defaultNow(),
    updateTime: timestamp('update_time', { withTimezone: true }).notNull().defaultNow(),
  },
  (table) => [index('datasets_by_project').on(table.projectId, table.updateTime), projectPolicy()],
);
