import { outboxTable } from '@llmops/db';
import { pgSchema } from 'drizzle-orm/pg-core';

export const governanceSchema = pgSchema('governance');

export const outbox = outboxTable(governanceSchema);
