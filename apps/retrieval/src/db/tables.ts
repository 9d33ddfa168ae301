export { retrievalSchema, inbox, jobs, outbox } from './schema.ts';
