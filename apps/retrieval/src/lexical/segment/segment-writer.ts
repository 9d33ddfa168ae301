import { crc32 } from 'node:zlib';
import { LexicalError } from '../lexical-error.ts';
import { BlockWriter } from './block-writer.ts';
import { ByteWriter } from './bytes.ts';
import { FORMAT_VERSION, HEADER_BYTES, MAGIC, MOST_DOCUMENTS, PADDING_BYTES, TERM_STRIDE } from './format.ts';

/** One document's row, in the order of ordinals. */
export interface DocumentRow {
  readonly ordinal: number;
  readonly title: number;
  readonly headings: number;
  readonly text: number;
  /** '' when unknown. */
  readonly language: string;
}

/** Puts a segment together: documents first, then terms in the order of their UTF-8 bytes. */
export class SegmentWriter {
  readonly #head = new ByteWriter(1024);
  readonly #dictionary = new ByteWriter(4096);
  readonly #postings = new ByteWriter(16_384);
  readonly #blocks: BlockWriter;
  #terms = 0;
  #previousTerm: Uint8Array = new Uint8Array(0);

  /** @throws {LexicalError} `invalid_option` for more documents than a segment may have */
  constructor(analyzer: string, documents: readonly DocumentRow[]) {
    if (documents.length > MOST_DOCUMENTS) {
      throw new LexicalError(
        'invalid_option',
        `a segment has ${MOST_DOCUMENTS} documents at most, not ${documents.length}`,
      );
    }
    this.#blocks = new BlockWriter(documents.map((row) => row.title + row.headings + row.text));
    this.#head.string(analyzer);
    this.#head.varint(documents.length);
    const languages = countLanguages(documents);
    this.#head.varint(languages.size);
    for (const [language, { documents: count }] of languages) {
      this.#head.string(language);
      this.#head.varint(count);
    }
    let previous = -1;
    for (const row of documents) {
      this.#head.varint(row.ordinal - previous - 1);
      this.#head.varint(row.title);
      this.#head.varint(row.headings);
      this.#head.varint(row.text);
      this.#head.varint(languages.get(row.language)!.index);
      previous = row.ordinal;
    }
  }

  /** Where the postings of the next term go: begin it, add its documents, then call {@link endTerm}. */
  get blocks(): BlockWriter {
    return this.#blocks;
  }

  /** Ends a term; one that no document has is left out. */
  endTerm(term: Uint8Array): void {
    const documents = this.#blocks.documents;
    if (documents === 0) return;
    const bytes = this.#blocks.finish(this.#postings);
    const shared = this.#terms % TERM_STRIDE === 0 ? 0 : sharedPrefix(this.#previousTerm, term);
    this.#dictionary.varint(shared);
    this.#dictionary.varint(term.length - shared);
    this.#dictionary.bytes(term.subarray(shared));
    this.#dictionary.varint(documents);
    this.#dictionary.varint(bytes);
    this.#previousTerm = term;
    this.#terms += 1;
  }

  finish(): Uint8Array {
    this.#head.varint(this.#terms);
    this.#head.varint(this.#dictionary.length);
    const parts = [this.#head.view(), this.#dictionary.view(), this.#postings.view()];
    const segment = new Uint8Array(HEADER_BYTES + PADDING_BYTES + parts.reduce((sum, part) => sum + part.length, 0));
    let position = HEADER_BYTES;
    for (const part of parts) {
      segment.set(part, position);
      position += part.length;
    }
    const header = new DataView(segment.buffer);
    header.setUint32(0, MAGIC, true);
    header.setUint16(4, FORMAT_VERSION, true);
    header.setUint32(8, crc32(segment.subarray(HEADER_BYTES)), true);
    return segment;
  }
}

function countLanguages(documents: readonly DocumentRow[]): Map<string, { index: number; documents: number }> {
  const languages = new Map<string, { index: number; documents: number }>();
  for (const { language } of documents) {
    const known = languages.get(language);
    if (known) known.documents += 1;
    else languages.set(language, { index: languages.size, documents: 1 });
  }
  return languages;
}

function sharedPrefix(one: Uint8Array, other: Uint8Array): number {
  const most = Math.min(one.length, other.length);
  let shared = 0;
  while (shared < most && one[shared] === other[shared]) shared += 1;
  return shared;
}
