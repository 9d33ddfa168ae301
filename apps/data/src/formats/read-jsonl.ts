import { checkRow } from './check-row.ts';
import { rowInvalid } from './format.errors.ts';
import { parseJson } from './parse-json.ts';
import { readLines } from './read-lines.ts';
import type { ParsedRow } from './row.ts';

/** One object a line; blank lines are passed over. */
export async function* readJsonl(pieces: AsyncIterable<string>, file: string): AsyncGenerator<ParsedRow, void> {
  for await (const { text, number } of readLines(pieces, file)) {
    if (text.trim() === '') continue;
    const place = { file, row: number };
    let value: unknown;
    try {
      value = parseJson(text);
    } catch (error) {
      throw rowInvalid(place, `is not JSON: ${(error as Error).message}`);
    }
    yield { row: checkRow(value, place), place: number };
  }
}
