import type { JsonValue } from '@bufbuild/protobuf';
import { projectPolicy } from '@llmops/db';
import { index, jsonb, text, timestamp } from 'drizzle-orm/pg-core';
import { dataSchema } from '../../db/schema.ts';

export const validationSuites = dataSchema.table(
  'validation_suites',
  {
    id: text('id').primaryKey(),
    organizationId: text('organization_id').notNull(),
    projectId: text('project_id').notNull(),
    displayName: text('display_name').notNull(),
    description: text('description').notNull(),
    /** Messages `Check` in their JSON form. */
    checks: jsonb('checks').$type<JsonValue[]>().notNull(),
    /** Whose new versions it runs on by itself. */
    datasets: jsonb('datasets').$type<string[]>().notNull(),
    createTime: timestamp('create_time', { withTimezone: true }).notNull().defaultNow(),
    updateTime: timestamp('update_time', { withTimezone: true }).notNull().defaultNow(),
  },
  (table) => [index('validation_suites_by_project').on(table.projectId, table.id), projectPolicy()],
);
