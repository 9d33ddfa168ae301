/** A piece of a document's text. */
export interface Piece {
  documentId: string;
  text: string;
  /** Of the document's text, UTF-16 code units: `text` is what stands from `start` to `end`. */
  start: number;
  end: number;
}

/** Between chunks that follow each other stand line ends, no more than these. */
const mostBetween = 4;

/** Whether two pieces can be read as one. */
export const adjoin = (one: Piece, other: Piece): boolean =>
  one.documentId === other.documentId && one.start <= other.end + mostBetween && other.start <= one.end + mostBetween;

/** The text of both, what they share once. */
export function join(one: Piece, other: Piece): Pick<Piece, 'text' | 'start' | 'end'> {
  const [first, second] = one.start <= other.start ? [one, other] : [other, one];
  if (second.end <= first.end) return { text: first.text, start: first.start, end: first.end };
  const rest =
    second.start >= first.end
      ? '\n'.repeat(second.start - first.end) + second.text
      : second.text.slice(first.end - second.start);
  return { text: first.text + rest, start: first.start, end: second.end };
}
