import type { ParsedDocument } from '../parsing/index.ts';
import type { TokenEnds } from './chunk.ts';

/** How many tokens a span of the document has. */
export type CountTokens = (start: number, end: number) => number;

/**
 * Tokenizes each block once. A span cut out of a block may differ by a token or two from what the embedder will count,
 * which is why finished chunks are counted again.
 */
export async function indexTokens(document: ParsedDocument, tokenEnds: TokenEnds): Promise<CountTokens> {
  const texts = document.blocks.map((block) => document.text.slice(block.start, block.end));
  const perBlock = await tokenEnds(texts);
  const ends = new Uint32Array(perBlock.reduce((sum, each) => sum + each.length, 0));
  let at = 0;
  for (const [index, block] of document.blocks.entries()) {
    for (const end of perBlock[index] ?? []) ends[at++] = block.start + end;
  }
  return (start, end) => upTo(ends, end) - upTo(ends, start);
}

/** How many of the rising numbers are at most `limit`. */
function upTo(numbers: Uint32Array, limit: number): number {
  let low = 0;
  let high = numbers.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (numbers[middle]! <= limit) low = middle + 1;
    else high = middle;
  }
  return low;
}
