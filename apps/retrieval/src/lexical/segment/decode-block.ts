import { packedBytes, unpackAscending, unpackNumbers } from './packed-numbers.ts';

/** Where a decoded block goes: documents, and how often each has the term by field. */
export interface DecodedBlock {
  readonly documents: Int32Array;
  readonly title: Uint16Array;
  readonly headings: Uint16Array;
  readonly text: Uint16Array;
  /** Whether any document has the term in its title or headings; if not, those two are all 0. */
  hasFields: boolean;
}

/** Bits of the numbers of a packed block. */
export interface BlockWidths {
  readonly gap: number;
  readonly title: number;
  readonly headings: number;
  readonly text: number;
}

/** Decodes a packed block and returns its last document. */
export function decodePackedBlock(
  bytes: DataView,
  from: number,
  { gap, title, headings, text }: BlockWidths,
  before: number,
  to: DecodedBlock,
): number {
  let position = from;
  const last = unpackAscending(bytes, position, gap, before, to.documents);
  position += packedBytes(gap);
  unpackNumbers(bytes, position, text, to.text);
  position += packedBytes(text);
  const hasFields = title + headings > 0;
  if (hasFields || to.hasFields) {
    unpackNumbers(bytes, position, title, to.title);
    unpackNumbers(bytes, position + packedBytes(title), headings, to.headings);
  }
  to.hasFields = hasFields;
  return last;
}

/**
 * Decodes `size` postings of varying length from a position and returns where they end, -1 for numbers no document has.
 * Numbers are read in place without looks at the end: past it bytes read as 0, and the caller sees a wrong end.
 *
 * @param before the last document of the block before, -1 for the first
 */
export function decodeVaryingBlock(
  bytes: Uint8Array,
  from: number,
  size: number,
  before: number,
  to: DecodedBlock,
): number {
  const { documents, title, headings, text } = to;
  let position = from;
  let document = before;
  if (to.hasFields) {
    title.fill(0);
    headings.fill(0);
  }
  let hasFields = false;
  for (let index = 0; index < size; index += 1) {
    let code = bytes[position++]!;
    if (code >= 0x80) {
      let byte = bytes[position++]!;
      code = (code & 0x7f) | ((byte & 0x7f) << 7);
      for (let shift = 14; byte >= 0x80 && shift < 35; shift += 7) {
        byte = bytes[position++]!;
        code |= (byte & 0x7f) << shift;
      }
    }
    document += (code >>> 1) + 1;
    documents[index] = document;
    if ((code & 1) === 0) {
      text[index] = 1;
      continue;
    }
    let occurrences = bytes[position++]!;
    // At most 2^14 occurrences in text and two bits: three bytes.
    if (occurrences >= 0x80) {
      let byte = bytes[position++]!;
      occurrences = (occurrences & 0x7f) | ((byte & 0x7f) << 7);
      if (byte >= 0x80) {
        byte = bytes[position++]!;
        occurrences |= (byte & 0x7f) << 14;
      }
    }
    text[index] = occurrences >>> 2;
    if ((occurrences & 3) === 0) continue;
    hasFields = true;
    for (let field = 1; field <= 2; field += 1) {
      if ((occurrences & field) === 0) continue;
      let count = bytes[position++]!;
      if (count >= 0x80) count = (count & 0x7f) | ((bytes[position++]! & 0x7f) << 7);
      if (field === 1) title[index] = count;
      else headings[index] = count;
    }
  }
  to.hasFields = hasFields;
  return document > 0x7fffffff ? -1 : position;
}
