export { usage } from '../modules/usage/usage.table.ts';
export { usageSums } from '../modules/usage/usage-sum.table.ts';
export { costSchema, inbox } from './schema.ts';
