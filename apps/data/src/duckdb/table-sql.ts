import type { RowColumn, RowTable } from './protocol.ts';

const sqlType: Record<RowColumn['type'], string> = {
  string: 'VARCHAR',
  integer: 'BIGINT',
  number: 'DOUBLE',
  boolean: 'BOOLEAN',
  json: 'JSON',
};

// A line of a chunk is at most a row's limit and its id.
const maxLineBytes = 64 << 20;

export const quoteName = (name: string): string => `"${name.replaceAll('"', '""')}"`;
export const quoteText = (text: string): string => `'${text.replaceAll("'", "''")}'`;

/**
 * The view that makes chunk files a table: the rows' columns, and `_row_id`. Types are the schema's, not sniffed, so a
 * column is of the same type whatever rows are in the first chunk.
 */
export function createRowView(name: string, { files, columns }: RowTable): string {
  const fields = columns.map((column) => `${quoteName(column.name)} ${sqlType[column.type]}`);
  const row = fields.length === 0 ? 'JSON' : `STRUCT(${fields.join(', ')})`;
  const view = `CREATE VIEW ${quoteName(name)} AS SELECT`;
  if (files.length === 0) {
    const empty = columns.map((column) => `NULL::${sqlType[column.type]} AS ${quoteName(column.name)}`);
    return `${view} ${['NULL::VARCHAR AS _row_id', ...empty].join(', ')} WHERE false`;
  }
  const selected = columns.map((column) => `"row".${quoteName(column.name)} AS ${quoteName(column.name)}`);
  const paths = files.map(quoteText).join(', ');
  return `${view} ${['id AS _row_id', ...selected].join(', ')} FROM read_json([${paths}], format='newline_delimited',
    compression='zstd', columns={id: 'VARCHAR', "row": ${quoteText(row)}}, maximum_object_size=${maxLineBytes})`;
}
