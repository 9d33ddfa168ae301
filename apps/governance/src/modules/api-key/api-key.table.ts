import { projectPolicy } from '@llmops/db';
import { index, integer, text, timestamp } from 'drizzle-orm/pg-core';
import { governanceSchema } from '../../db/schema.ts';

export const apiKeys = governanceSchema.table(
  'api_keys',
  {
    id: text('id').primaryKey(),
    organizationId: text('organization_id').notNull(),
    projectId: text('project_id').notNull(),
    displayName: text('display_name').notNull(),
    /** sha256 of the secret, hex; also its key in the `credentials` bucket. The secret itself has 160 random bits. */
    secretHash: text('secret_hash').notNull().unique(),
    prefix: text('prefix').notNull(),
    /** Numbers of the contract's Role. */
    role: integer('role').notNull(),
    organizationRole: integer('organization_role').notNull(),
    createdBy: text('created_by').notNull(),
    createTime: timestamp('create_time', { withTimezone: true }).notNull().defaultNow(),
    expireTime: timestamp('expire_time', { withTimezone: true }),
    revokeTime: timestamp('revoke_time', { withTimezone: true }),
  },
  (table) => [index('api_keys_by_project').on(table.projectId, table.id), projectPolicy()],
);
