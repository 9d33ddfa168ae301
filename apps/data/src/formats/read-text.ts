import { readLines } from './read-lines.ts';
import type { ParsedRow } from './row.ts';

/** A row a line that is not blank: `{text}`. */
export async function* readText(pieces: AsyncIterable<string>, file: string): AsyncGenerator<ParsedRow, void> {
  for await (const { text, number } of readLines(pieces, file)) {
    if (text.trim() !== '') yield { row: { text }, place: number };
  }
}
