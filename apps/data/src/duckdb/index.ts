export type { QueryLimits, RowColumn, RowTable } from './protocol.ts';
export { defaultLimits, queryRows, type RowQuery, readParquetFile } from './query-rows.ts';
export { quoteName, quoteText } from './table-sql.ts';
