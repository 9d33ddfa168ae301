import { bigserial, jsonb, type PgSchema, text, timestamp } from 'drizzle-orm/pg-core';
import type { Transaction } from './database.ts';

/** The service's outbox: rows written with the change they tell of, sent to NATS by the relay in order, then deleted. */
export const outboxTable = (schema: PgSchema) =>
  schema.table('outbox', {
    id: bigserial('id', { mode: 'number' }).primaryKey(),
    subject: text('subject').notNull(),
    headers: jsonb('headers').$type<Record<string, string>>().notNull().default({}),
    payload: text('payload').notNull(),
    createTime: timestamp('create_time', { withTimezone: true }).notNull().defaultNow(),
  });

export type OutboxTable = ReturnType<typeof outboxTable>;

export interface OutboxMessage {
  subject: string;
  payload: string;
  headers?: Record<string, string>;
}

/** Adds messages to the outbox in the transaction that makes them true. */
export async function addToOutbox(tx: Transaction, table: OutboxTable, ...messages: OutboxMessage[]): Promise<void> {
  if (messages.length > 0) await tx.insert(table).values(messages);
}

/** A message that sets `key` in a KV bucket: buckets are streams, so a put travels through the outbox like any fact. */
export const putKey = (bucket: string, key: string, value: string): OutboxMessage => ({
  subject: `$KV.${bucket}.${key}`,
  payload: value,
});

/** A message that deletes `key` in a KV bucket. */
export const deleteKey = (bucket: string, key: string): OutboxMessage => ({
  subject: `$KV.${bucket}.${key}`,
  payload: '',
  headers: { 'KV-Operation': 'DEL' },
});
