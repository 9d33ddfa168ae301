import { type PgSchema, primaryKey, text, timestamp } from 'drizzle-orm/pg-core';
import type { Transaction } from './database.ts';

/** The service's inbox: which messages had their effect, so that a redelivery has none. */
export const inboxTable = (schema: PgSchema) =>
  schema.table(
    'inbox',
    {
      durable: text('durable').notNull(),
      messageId: text('message_id').notNull(),
      receiveTime: timestamp('receive_time', { withTimezone: true }).notNull().defaultNow(),
    },
    (table) => [primaryKey({ columns: [table.durable, table.messageId] })],
  );

/**
 * Of `messageIds`, those not seen before by the consumer `durable`; they are recorded in the same transaction as their
 * effect. A message that arrives twice at once blocks the second transaction until the first has committed.
 */
export async function recordOnce(
  tx: Transaction,
  table: ReturnType<typeof inboxTable>,
  durable: string,
  messageIds: string[],
): Promise<Set<string>> {
  if (messageIds.length === 0) return new Set();
  const rows = await tx
    .insert(table)
    .values([...new Set(messageIds)].sort().map((messageId) => ({ durable, messageId })))
    .onConflictDoNothing()
    .returning({ messageId: table.messageId });
  return new Set(rows.map((row) => row.messageId));
}
