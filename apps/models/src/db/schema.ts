import { jobsTable, outboxTable } from '@llmops/db';
import { pgSchema } from 'drizzle-orm/pg-core';

export const modelsSchema = pgSchema('models');

export const outbox = outboxTable(modelsSchema);

// Without row-level security: the only jobs are fetches of the catalogue, which no project owns.
export const jobs = jobsTable(modelsSchema);
