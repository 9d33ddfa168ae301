import { projectPolicy } from '@llmops/db';
import { index, text, timestamp } from 'drizzle-orm/pg-core';
import { governanceSchema } from '../../db/schema.ts';

export const secrets = governanceSchema.table(
  'secrets',
  {
    id: text('id').primaryKey(),
    organizationId: text('organization_id').notNull(),
    projectId: text('project_id').notNull(),
    displayName: text('display_name').notNull(),
    /** Sealed with the installation's master key. */
    sealedValue: text('sealed_value').notNull(),
    createdBy: text('created_by').notNull(),
    createTime: timestamp('create_time', { withTimezone: true }).notNull().defaultNow(),
    rotateTime: timestamp('rotate_time', { withTimezone: true }).notNull().defaultNow(),
  },
  (table) => [index('secrets_by_project').on(table.projectId, table.id), projectPolicy()],
);
