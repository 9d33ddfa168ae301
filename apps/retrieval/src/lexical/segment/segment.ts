import { crc32 } from 'node:zlib';
import { LexicalError } from '../lexical-error.ts';
import { ByteReader } from './bytes.ts';
import { FORMAT_VERSION, HEADER_BYTES, LARGEST_ORDINAL, MAGIC } from './format.ts';
import { termBytes } from './term-bytes.ts';
import { TermDictionary, type TermEntry } from './term-dictionary.ts';

/** Words of each document, by field. */
export interface FieldLengths {
  readonly title: Uint32Array;
  readonly headings: Uint32Array;
  readonly text: Uint32Array;
}

/** An opened segment. Its documents are numbered from 0 in the order of their ordinals. */
export interface Segment {
  readonly bytes: Uint8Array;
  /** The same bytes. */
  readonly view: DataView;
  readonly analyzer: string;
  readonly documents: number;
  /** Ascending. */
  readonly ordinals: Float64Array;
  readonly lengths: FieldLengths;
  /** ISO 639-1, '' where unknown. */
  readonly languages: readonly { readonly language: string; readonly documents: number }[];
  /** Index into `languages` of each document. */
  readonly languageOf: Uint16Array;
  readonly terms: TermDictionary;
  /** What it takes in memory: its bytes and what was decoded of them. */
  readonly sizeBytes: number;
}

/**
 * Opens what `buildSegment` or `mergeSegments` wrote. The bytes are kept, not copied: they must not change.
 *
 * @throws {LexicalError} `corrupt_segment`, `unsupported_format`
 */
export function openSegment(bytes: Uint8Array): Segment {
  checkHeader(bytes);
  const reader = new ByteReader(bytes, HEADER_BYTES);
  const analyzer = reader.string('analyzer version');
  const documents = reader.count('documents');
  const languages = readLanguages(reader, documents);
  const ordinals = new Float64Array(documents);
  const lengths = {
    title: new Uint32Array(documents),
    headings: new Uint32Array(documents),
    text: new Uint32Array(documents),
  };
  const languageOf = new Uint16Array(documents);
  let ordinal = -1;
  for (let index = 0; index < documents; index += 1) {
    ordinal += reader.varint() + 1;
    ordinals[index] = ordinal;
    lengths.title[index] = reader.varint();
    lengths.headings[index] = reader.varint();
    lengths.text[index] = reader.varint();
    languageOf[index] = reader.varint();
    if (languageOf[index]! >= languages.length) throw new LexicalError('corrupt_segment', 'a language has no name');
  }
  if (ordinal > LARGEST_ORDINAL) throw new LexicalError('corrupt_segment', `ordinal ${ordinal} is too large`);
  const size = reader.varint();
  const dictionaryBytes = reader.count('terms');
  if (size > dictionaryBytes) throw new LexicalError('corrupt_segment', 'more terms than bytes');
  const terms = new TermDictionary(bytes, reader.position, reader.position + dictionaryBytes, size, documents);
  const sizeBytes = bytes.length + documents * (8 + 3 * 4 + 2) + terms.sizeBytes;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return { bytes, view, analyzer, documents, ordinals, lengths, languages, languageOf, terms, sizeBytes };
}

/** Where a term's postings are. */
export const findTerm = (segment: Segment, term: string): TermEntry | undefined => segment.terms.find(termBytes(term));

/** The number of a document in a segment, -1 if it is not there. */
export function documentOf({ ordinals }: Segment, ordinal: number): number {
  const index = firstAtLeast(ordinals, ordinal);
  return ordinals[index] === ordinal ? index : -1;
}

/** The first index of ascending values that is at least `value`; their length if there is none. */
export function firstAtLeast(values: ArrayLike<number>, value: number, from = 0): number {
  let low = from;
  let high = values.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (values[middle]! < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

function checkHeader(bytes: Uint8Array): void {
  if (bytes.length < HEADER_BYTES) throw new LexicalError('corrupt_segment', `${bytes.length} bytes are no segment`);
  const header = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (header.getUint32(0, true) !== MAGIC) throw new LexicalError('corrupt_segment', 'it does not begin as a segment');
  const version = header.getUint16(4, true);
  if (version !== FORMAT_VERSION) {
    throw new LexicalError('unsupported_format', `format ${version}; this build reads ${FORMAT_VERSION}`);
  }
  if (header.getUint16(6, true) !== 0) throw new LexicalError('corrupt_segment', 'reserved bytes are not 0');
  if (header.getUint32(8, true) !== crc32(bytes.subarray(HEADER_BYTES))) {
    throw new LexicalError('corrupt_segment', 'the checksum does not match');
  }
}

function readLanguages(reader: ByteReader, documents: number): { language: string; documents: number }[] {
  const count = reader.count('languages');
  const languages: { language: string; documents: number }[] = [];
  for (let index = 0; index < count; index += 1) {
    languages.push({ language: reader.string('language'), documents: reader.varint() });
  }
  if (languages.reduce((sum, each) => sum + each.documents, 0) !== documents) {
    throw new LexicalError('corrupt_segment', 'languages do not add up to the documents');
  }
  return languages;
}
