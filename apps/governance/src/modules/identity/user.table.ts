import { organizationPolicy } from '@llmops/db';
import { integer, jsonb, text, timestamp } from 'drizzle-orm/pg-core';
import { governanceSchema } from '../../db/schema.ts';

export const users = governanceSchema.table(
  'users',
  {
    id: text('id').primaryKey(),
    organizationId: text('organization_id').notNull(),
    /** Lower case. */
    email: text('email').notNull().unique(),
    displayName: text('display_name').notNull(),
    passwordHash: text('password_hash').notNull(),
    /** A number of the contract's Role. */
    organizationRole: integer('organization_role').notNull(),
    /** Role by project id; an administrator of the organisation has every project without an entry. */
    projectRoles: jsonb('project_roles').$type<Record<string, number>>().notNull().default({}),
    createTime: timestamp('create_time', { withTimezone: true }).notNull().defaultNow(),
  },
  () => [organizationPolicy()],
);
