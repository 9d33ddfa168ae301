import { Readable } from 'node:stream';
import { CsvError, parse } from 'csv-parse';
import { checkRow } from './check-row.ts';
import { fileInvalid, rowInvalid } from './format.errors.ts';
import { limits, type ParsedRow } from './row.ts';

interface CsvRecord {
  record: string[];
  info: { lines: number };
}

/** A table with a line of names; every value is text, as the file has it. Rows whose width is not the header's are errors. */
export async function* readCsv(
  pieces: AsyncIterable<string>,
  file: string,
  dialect: { delimiter: string; quote: string },
): AsyncGenerator<ParsedRow, void> {
  const parser = parse({
    ...dialect,
    escape: dialect.quote,
    relax_column_count: true,
    skip_empty_lines: true,
    max_record_size: limits.rowBytes,
    info: true,
  });
  const source = Readable.from(pieces);
  source.on('error', (error) => parser.destroy(error));
  source.pipe(parser);
  let columns: string[] | undefined;
  let lines = 0;
  try {
    for await (const { record, info } of parser as AsyncIterable<CsvRecord>) {
      lines = info.lines;
      if (!columns) {
        columns = columnNames(record);
        continue;
      }
      const place = { file, row: lines };
      if (record.length !== columns.length) throw widthError(record, columns, place);
      yield { row: checkRow(Object.fromEntries(columns.map((name, i) => [name, record[i]])), place), place: lines };
    }
  } catch (error) {
    throw error instanceof CsvError ? toRowError(error, file, lines) : error;
  } finally {
    source.destroy();
    parser.destroy();
  }
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

function widthError(record: string[], columns: string[], place: { file: string; row: number }) {
  const column = record.length < columns.length ? columns[record.length] : undefined;
  const reason = `has ${record.length} values, and the header has ${columns.length} columns`;
  return rowInvalid(column === undefined ? place : { ...place, column }, reason);
}

function toRowError(error: CsvError, file: string, linesBefore: number) {
  const row = Number(error['lines'] ?? linesBefore + 1);
  switch (error.code) {
    case 'CSV_QUOTE_NOT_CLOSED':
      return rowInvalid({ file, row: linesBefore + 1 }, 'a quote is opened and never closed');
    case 'CSV_NON_TRIMABLE_CHAR_AFTER_CLOSING_QUOTE':
      return rowInvalid({ file, row }, 'has text after a closing quote');
    case 'INVALID_OPENING_QUOTE':
    case 'CSV_INVALID_OPENING_QUOTE' as string:
      return rowInvalid({ file, row }, 'has a quote inside a value that is not quoted');
    case 'CSV_MAX_RECORD_SIZE':
      return rowInvalid({ file, row }, `is longer than ${limits.rowBytes} characters`);
    default:
      return fileInvalid(file, error.message);
  }
}
