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
/** Columns that a struct has at most. */
const mostFields = 500;

export const quoteName = (name: string): string => `"${name.replaceAll('"', '""')}"`;
export const quoteText = (text: string): string => `'${text.replaceAll("'", "''")}'`;

/**
 * The view that makes chunk files a table: the rows' columns, and `_row_id` and `_row_index`. Types are the schema's, not
 * sniffed, so a column is of the same type whatever rows are in the first chunk. Names that differ in case only, which
 * are one to SQL, get a number.
 */
export function createRowView(name: string, { files, columns }: RowTable): string {
  const view = `CREATE VIEW ${quoteName(name)} AS SELECT`;
  const names = sqlNames(columns.map((column) => column.name));
  const typed = columns.map((column, i) => ({ name: names[i]!, path: column.name, type: sqlType[column.type] }));
  if (files.length === 0) {
    const empty = typed.map((column) => `NULL::${column.type} AS ${quoteName(column.name)}`);
    return `${view} ${['NULL::VARCHAR AS _row_id', '0::BIGINT AS _row_index', ...empty].join(', ')} WHERE false`;
  }
  // A wide row as a struct takes hundreds of MB a batch; as JSON only the columns that are asked for are taken apart.
  const asJson = typed.length > mostFields || typed.some((column) => column.name !== column.path);
  const fields = typed.map((column) => `${quoteName(column.path)} ${column.type}`);
  const row = asJson || fields.length === 0 ? 'JSON' : `STRUCT(${fields.join(', ')})`;
  const selected = typed.map((column) => {
    const value = asJson ? jsonValue(column.path, column.type) : `"row".${quoteName(column.path)}`;
    return `${value} AS ${quoteName(column.name)}`;
  });
  const paths = files.map(quoteText).join(', ');
  const own = ['id AS _row_id', 'row_number() OVER () - 1 AS _row_index'];
  return `${view} ${[...own, ...selected].join(', ')} FROM read_json([${paths}], format='newline_delimited',
    compression='zstd', columns={id: 'VARCHAR', "row": ${quoteText(row)}}, maximum_object_size=${maxLineBytes})`;
}

function jsonValue(path: string, type: string): string {
  const at = quoteText(`$.${quoteName(path)}`);
  return type === 'JSON' ? `"row" -> ${at}` : `CAST("row" ->> ${at} AS ${type})`;
}

/** Each name once, whatever its case. */
function sqlNames(names: readonly string[]): string[] {
  const taken = new Set(['_row_id', '_row_index']);
  return names.map((base) => {
    let name = base;
    for (let n = 2; taken.has(name.toLowerCase()); n += 1) name = `${base}_${n}`;
    taken.add(name.toLowerCase());
    return name;
  });
}
