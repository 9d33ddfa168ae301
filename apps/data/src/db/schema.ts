import { inboxTable, jobsTable, outboxTable } from '@llmops/db';
import { pgSchema } from 'drizzle-orm/pg-core';

export const dataSchema = pgSchema('data');

export const outbox = outboxTable(dataSchema);
export const inbox = inboxTable(dataSchema);

// Without row-level security: workers look at every project's jobs; a caller's view of one goes by its own rows.
export const jobs = jobsTable(dataSchema);
