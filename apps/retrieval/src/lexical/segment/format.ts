/**
 * A segment, numbers as varints unless told:
 *
 *     magic "LXSG" | format u16 | reserved u16 | CRC-32 of all that follows u32      (little-endian)
 *     analyzer version, document count
 *     languages: code and documents of each
 *     documents, by ordinal: ordinal - previous, length of title, of headings, of text, language
 *     terms: count, bytes of the dictionary; then by UTF-8 bytes, with what is shared with the term before left out:
 *       [every 16th: whole] shared bytes, other bytes, documents, bytes of postings
 *     postings of each term: blocks of 128; where there is more than one block, first a row for each:
 *       last document - previous, bits of a gap (byte), most occurrences in title, headings, text, least length
 *     a block that is not the last: gaps (document - previous - 1), occurrences in text, title, headings, each as 128
 *       numbers of so many bits as the most takes
 *     the last or only block, a posting: gap * 2 + (0: once, in the text | 1: what follows tells)
 *       occurrences in text * 4 + (1: title follows) + (2: headings follow)
 *     4 bytes of 0, so that 32 bits can be read from anywhere
 */
export const MAGIC = 0x47_53_58_4c;
export const FORMAT_VERSION = 1;
export const HEADER_BYTES = 12;
export const PADDING_BYTES = 4;
/** What the bits of a gap allow. */
export const MOST_DOCUMENTS = 2 ** 24;
export const BLOCK_SIZE = 128;
/** A dictionary entry is found by a binary search over every 16th term and then by reading on. */
export const TERM_STRIDE = 16;
/** The analyzer cuts words at 128 characters, of three bytes at most or pairs of four. */
export const LONGEST_TERM_BYTES = 1024;
export const LARGEST_ORDINAL = 2 ** 40;
/** Occurrences above are counted as this many: BM25 is flat long before. */
export const MOST_OCCURRENCES = 0x3fff;

export interface LexicalFields {
  readonly title?: string | undefined;
  /** The path of headings above the text. */
  readonly headings?: string | readonly string[] | undefined;
  readonly text: string;
}

export interface LexicalDocument {
  /** The caller's number of the document, from 0 to 2^40, unique in an index. */
  readonly ordinal: number;
  readonly fields: LexicalFields;
  /** ISO 639-1; detected when left out. Pass the whole document's for its chunks: short ones detect badly. */
  readonly language?: string | undefined;
}
