export { filterSql } from './filter-sql.ts';
export { SqlValues } from './sql-values.ts';
