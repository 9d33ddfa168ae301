export { readArrowFile } from './arrow.ts';
export { readParquetFile, writeParquetFile } from './parquet.ts';
export type { QueryLimits, RowColumn, RowTable } from './protocol.ts';
export { defaultLimits, queryRows, type RowQuery } from './query-rows.ts';
export { quoteName } from './table-sql.ts';
