import { rowInvalid } from './format.errors.ts';
import { readLines } from './read-lines.ts';
import { limits, type ParsedRow } from './row.ts';

/** A row a line that is not blank: `{text}`. */
export async function* readText(pieces: AsyncIterable<string>, file: string): AsyncGenerator<ParsedRow, void> {
  for await (const { text, number } of readLines(pieces, file)) {
    if (text.trim() !== '') yield { row: { text }, place: number };
  }
}

/** The whole file as a row: `{text, file}`; none where it is blank. */
export async function* readWhole(pieces: AsyncIterable<string>, file: string): AsyncGenerator<ParsedRow, void> {
  let text = '';
  for await (const piece of pieces) {
    text += piece;
    if (text.length > limits.rowBytes)
      throw rowInvalid({ file, row: 1 }, `is longer than ${limits.rowBytes} characters`);
  }
  if (text.trim() !== '') yield { row: { text, file }, place: 1 };
}
