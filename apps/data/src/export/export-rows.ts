import type { FileFormat, JsonRow } from '../formats/index.ts';
import { type JsonSchema, SchemaInference } from '../versions/index.ts';
import { csvRecord, csvRow } from './csv-text.ts';
import { parquetFile } from './parquet-file.ts';

const blockBytes = 256 << 10;

export const contentTypes: Record<FileFormat, string> = {
  jsonl: 'application/jsonl',
  json: 'application/json',
  csv: 'text/csv; charset=utf-8',
  tsv: 'text/tab-separated-values; charset=utf-8',
  parquet: 'application/vnd.apache.parquet',
  arrow: 'application/vnd.apache.arrow.stream',
  text: 'text/plain; charset=utf-8',
};

export interface ExportedRows {
  /** Gives the rows from the beginning each time: some formats look at them twice. */
  rows: () => AsyncIterable<JsonRow>;
  /** Of those rows; inferred in a pass of its own when it is not known. */
  schema: JsonSchema | undefined;
  signal: AbortSignal;
}

/** Rows as a file of a format, in blocks as they are taken. */
export async function* exportRows(
  { rows, schema, signal }: ExportedRows,
  format: FileFormat,
): AsyncGenerator<Uint8Array, void> {
  switch (format) {
    case 'jsonl':
      return yield* blocks(lines(rows(), (row) => `${JSON.stringify(row)}\n`));
    case 'json':
      return yield* blocks(jsonArray(rows()));
    case 'csv':
      return yield* blocks(csv(rows(), await columnsOf(rows, schema), ','));
    case 'tsv':
      return yield* blocks(csv(rows(), await columnsOf(rows, schema), '\t'));
    case 'text':
      return yield* blocks(lines(rows(), (row) => `${String(row['text'] ?? '').replaceAll(/\r?\n/g, ' ')}\n`));
    case 'parquet':
      return yield* parquetFile(rows(), schema ?? (await inferred(rows)), signal);
    case 'arrow': {
      // Loaded on first use: it is 20 MB that most processes never need.
      const { arrowStream } = await import('./arrow-stream.ts');
      return yield* arrowStream(rows(), schema ?? (await inferred(rows)));
    }
  }
}

async function inferred(rows: () => AsyncIterable<JsonRow>): Promise<JsonSchema> {
  const inference = new SchemaInference();
  for await (const row of rows()) inference.add(row);
  return inference.schema();
}

const columnsOf = async (rows: () => AsyncIterable<JsonRow>, schema: JsonSchema | undefined): Promise<string[]> =>
  Object.keys((schema ?? (await inferred(rows))).properties ?? {});

async function* csv(rows: AsyncIterable<JsonRow>, columns: string[], delimiter: string): AsyncGenerator<string> {
  yield csvRecord(columns, delimiter);
  for await (const row of rows) yield csvRow(row, columns, delimiter);
}

async function* lines(rows: AsyncIterable<JsonRow>, line: (row: JsonRow) => string): AsyncGenerator<string> {
  for await (const row of rows) yield line(row);
}

async function* jsonArray(rows: AsyncIterable<JsonRow>): AsyncGenerator<string> {
  let before = '[\n';
  for await (const row of rows) {
    yield `${before}${JSON.stringify(row)}`;
    before = ',\n';
  }
  yield before === '[\n' ? '[]\n' : '\n]\n';
}

async function* blocks(pieces: AsyncIterable<string>): AsyncGenerator<Uint8Array, void> {
  let text = '';
  for await (const piece of pieces) {
    text += piece;
    if (text.length < blockBytes) continue;
    yield Buffer.from(text);
    text = '';
  }
  if (text !== '') yield Buffer.from(text);
}
