export { readArrowFile } from './arrow.ts';
export { readParquetFile, writeParquetFile } from './parquet.ts';
export type { RowColumn, RowTable } from './protocol.ts';
export { defaultLimits, queryRows } from './query-rows.ts';
export { quoteName } from './table-sql.ts';
