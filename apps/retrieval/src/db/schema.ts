import { inboxTable, jobsTable, outboxTable } from '@llmops/db';
import { customType, pgSchema } from 'drizzle-orm/pg-core';

export const retrievalSchema = pgSchema('retrieval');

export const outbox = outboxTable(retrievalSchema);
export const inbox = inboxTable(retrievalSchema);

// Without row-level security: workers look at every project's jobs; a caller's view of one goes by its own rows.
export const jobs = jobsTable(retrievalSchema);

export const bytea = customType<{ data: Buffer }>({ dataType: () => 'bytea' });
