import { decodeText } from './decode-text.ts';
import { type DetectedFormat, detectFormat } from './detect-format.ts';
import { openBytes } from './open-bytes.ts';
import { readColumnar } from './read-columnar.ts';
import { readCsv } from './read-csv.ts';
import { readJson } from './read-json.ts';
import { readJsonl } from './read-jsonl.ts';
import { readText, readWhole } from './read-text.ts';
import type { LocalFile, ParsedRow, ReadOptions } from './row.ts';
import { typedRows } from './typed-rows.ts';

/** The rows of a file, one at a time, in its order. Throws `data.row_invalid` and its kin at the first that is none. */
export async function* readRows(
  file: LocalFile,
  options: ReadOptions = {},
  detected?: DetectedFormat,
): AsyncGenerator<ParsedRow, void> {
  const { format, encoding, delimiter, quote } = detected ?? (await detectFormat(file, options));
  const text = () => decodeText(openBytes(file, options.signal), file.name, encoding);
  switch (format) {
    case 'jsonl':
      return yield* readJsonl(text(), file.name);
    case 'json':
      return yield* readJson(text(), file.name);
    case 'csv':
    case 'tsv': {
      const rows = () => readCsv(text(), file.name, { delimiter, quote });
      return yield* options.inferTypes ? typedRows(rows) : rows();
    }
    case 'text':
      return yield* options.wholeFiles ? readWhole(text(), file.name) : readText(text(), file.name);
    case 'parquet':
    case 'arrow':
      return yield* readColumnar(file, format, options.signal);
  }
}
