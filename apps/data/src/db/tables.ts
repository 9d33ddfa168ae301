export { dataSchema, inbox, jobs, outbox } from './schema.ts';
