export { decodeCursor, encodeCursor, InvalidCursorError } from './cursor.ts';
export { createDatabase, type Database, type Transaction } from './database.ts';
export { inboxTable, recordOnce } from './inbox.ts';
export { type JobRow, type JobsTable, jobState, jobsTable } from './jobs-table.ts';
export { appliesSchema, migrate } from './migrate.ts';
export { isOutage } from './outage.ts';
export { addToOutbox, deleteKey, type OutboxMessage, type OutboxTable, outboxTable, putKey } from './outbox.ts';
export { organizationPolicy, projectPolicy } from './policies.ts';
export { systemTenant, type Tenant } from './tenant.ts';
