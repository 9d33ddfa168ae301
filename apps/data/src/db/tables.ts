export { uploads } from '../modules/upload/upload.table.ts';
export { dataSchema, inbox, jobs, outbox } from './schema.ts';
