import { inboxTable } from '@llmops/db';
import { pgSchema } from 'drizzle-orm/pg-core';

export const observabilitySchema = pgSchema('observability');

export const inbox = inboxTable(observabilitySchema);
