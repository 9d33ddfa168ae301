import { boolean, integer, jsonb, type PgSchema, text, timestamp } from 'drizzle-orm/pg-core';

export const jobState = ['queued', 'running', 'succeeded', 'failed', 'cancelled'] as const;

/** Long work of a service: the row is the truth, the message on the work queue carries only its id. */
export const jobsTable = (schema: PgSchema) =>
  schema.table('jobs', {
    id: text('id').primaryKey(),
    kind: text('kind').notNull(),
    organizationId: text('organization_id').notNull(),
    projectId: text('project_id').notNull(),
    state: text('state', { enum: jobState }).notNull().default('queued'),
    attempt: integer('attempt').notNull().default(0),
    leaseExpireTime: timestamp('lease_expire_time', { withTimezone: true }),
    cancelRequested: boolean('cancel_requested').notNull().default(false),
    input: jsonb('input').$type<unknown>().notNull(),
    progress: jsonb('progress').$type<Record<string, unknown>>().notNull().default({}),
    result: jsonb('result').$type<Record<string, unknown>>(),
    error: text('error'),
    createTime: timestamp('create_time', { withTimezone: true }).notNull().defaultNow(),
    updateTime: timestamp('update_time', { withTimezone: true }).notNull().defaultNow(),
  });

export type JobsTable = ReturnType<typeof jobsTable>;
export type JobRow = JobsTable['$inferSelect'];
