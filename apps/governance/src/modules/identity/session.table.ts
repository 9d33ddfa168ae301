import { organizationPolicy } from '@llmops/db';
import { index, text, timestamp } from 'drizzle-orm/pg-core';
import { governanceSchema } from '../../db/schema.ts';

export const sessions = governanceSchema.table(
  'sessions',
  {
    /** sha256 of the token, hex; also its key in the `credentials` bucket. */
    tokenHash: text('token_hash').primaryKey(),
    userId: text('user_id').notNull(),
    organizationId: text('organization_id').notNull(),
    createTime: timestamp('create_time', { withTimezone: true }).notNull().defaultNow(),
    expireTime: timestamp('expire_time', { withTimezone: true }).notNull(),
  },
  (table) => [index('sessions_by_user').on(table.userId), organizationPolicy()],
);
