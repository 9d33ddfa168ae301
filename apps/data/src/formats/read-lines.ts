import { rowInvalid } from './format.errors.ts';
import { limits } from './row.ts';

export interface Line {
  text: string;
  /** From 1. */
  number: number;
}

/** The lines of a text, without their ends (LF, CRLF). A line longer than a row may be is an error. */
export async function* readLines(pieces: AsyncIterable<string>, file: string): AsyncGenerator<Line, void> {
  let rest = '';
  let number = 0;
  for await (const piece of pieces) {
    const end = piece.lastIndexOf('\n');
    if (end < 0) {
      rest += piece;
    } else {
      for (const text of (rest + piece.slice(0, end)).split('\n')) {
        number += 1;
        yield { text: checked(withoutReturn(text), file, number), number };
      }
      rest = piece.slice(end + 1);
    }
    checked(rest, file, number + 1);
  }
  if (rest !== '') yield { text: withoutReturn(rest), number: number + 1 };
}

const withoutReturn = (text: string): string => (text.endsWith('\r') ? text.slice(0, -1) : text);

function checked(text: string, file: string, row: number): string {
  if (text.length > limits.rowBytes) throw rowInvalid({ file, row }, `is longer than ${limits.rowBytes} characters`);
  return text;
}
