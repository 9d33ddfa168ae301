import { checkRow } from './check-row.ts';
import { type CsvDialect, type CsvRecord, CsvRecords, CsvSyntaxError } from './csv-records.ts';
import { rowInvalid } from './format.errors.ts';
import { limits, type ParsedRow } from './row.ts';

/** A table with a line of names; every value is text, as the file has it. Rows whose width is not the header's are errors. */
export async function* readCsv(
  pieces: AsyncIterable<string>,
  file: string,
  dialect: CsvDialect,
): AsyncGenerator<ParsedRow, void> {
  let columns: string[] | undefined;
  try {
    for await (const { fields, line } of recordsOf(pieces, dialect)) {
      if (!columns) {
        columns = columnNames(fields);
        continue;
      }
      const place = { file, row: line };
      if (fields.length !== columns.length) throw widthError(fields, columns, place);
      yield { row: checkRow(Object.fromEntries(columns.map((name, i) => [name, fields[i]])), place), place: line };
    }
  } catch (error) {
    throw error instanceof CsvSyntaxError ? rowInvalid({ file, row: error.line }, error.message) : error;
  }
}

async function* recordsOf(pieces: AsyncIterable<string>, dialect: CsvDialect): AsyncGenerator<CsvRecord> {
  const records = new CsvRecords(dialect, limits.rowBytes, limits.columns);
  for await (const piece of pieces) yield* records.push(piece);
  yield* records.end();
}

/** The header's names, each once: an empty one is named by its place, a repeated one numbered. */
function columnNames(header: string[]): string[] {
  const taken = new Set<string>();
  return header.map((cell, i) => {
    const base = cell.trim() === '' ? `column_${i + 1}` : cell;
    let name = base;
    for (let n = 2; taken.has(name); n += 1) name = `${base}_${n}`;
    taken.add(name);
    return name;
  });
}

function widthError(fields: string[], columns: string[], place: { file: string; row: number }) {
  const column = fields.length < columns.length ? columns[fields.length] : undefined;
  const reason = `has ${fields.length} values, and the header has ${columns.length} columns`;
  return rowInvalid(column === undefined ? place : { ...place, column }, reason);
}
