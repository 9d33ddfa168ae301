export { metrics } from '../modules/metrics/metric.table.ts';
export { calls } from '../modules/trace/call.table.ts';
export { sessions } from '../modules/trace/session.table.ts';
export { spans } from '../modules/trace/span.table.ts';
export { inbox, observabilitySchema } from './schema.ts';
