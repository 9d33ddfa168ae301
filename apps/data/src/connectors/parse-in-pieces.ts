import type { Parser } from 'htmlparser2';

/** Elements in one another: more are no document, and for each the parser moves all those that are open. */
export const maxDepth = 1_000;

const pieceLength = 16_384;

/** Parses markup for as long as its handlers want more. */
export function parseInPieces(parser: Parser, markup: string, wantsMore: () => boolean): void {
  for (let at = 0; at < markup.length && wantsMore(); at += pieceLength) {
    parser.write(markup.slice(at, at + pieceLength));
  }
  parser.end();
}
