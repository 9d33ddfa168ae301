import { inboxTable } from '@llmops/db';
import { pgSchema } from 'drizzle-orm/pg-core';

export const costSchema = pgSchema('cost');

export const inbox = inboxTable(costSchema);
