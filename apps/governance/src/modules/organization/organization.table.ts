import { organizationPolicy } from '@llmops/db';
import { index, text, timestamp } from 'drizzle-orm/pg-core';
import { governanceSchema } from '../../db/schema.ts';

export const organizations = governanceSchema.table(
  'organizations',
  {
    id: text('id').primaryKey(),
    displayName: text('display_name').notNull(),
    createTime: timestamp('create_time', { withTimezone: true }).notNull().defaultNow(),
  },
  () => [organizationPolicy('id')],
);

export const projects = governanceSchema.table(
  'projects',
  {
    id: text('id').primaryKey(),
    organizationId: text('organization_id')
      .notNull()
      .references(() => organizations.id),
    displayName: text('display_name').notNull(),
    createTime: timestamp('create_time', { withTimezone: true }).notNull().defaultNow(),
    updateTime: timestamp('update_time', { withTimezone: true }).notNull().defaultNow(),
  },
  (table) => [index('projects_by_organization').on(table.organizationId, table.id), organizationPolicy()],
);
