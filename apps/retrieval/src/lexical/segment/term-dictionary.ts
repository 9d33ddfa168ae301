import { LexicalError } from '../lexical-error.ts';
import { ByteReader } from './bytes.ts';
import { LONGEST_TERM_BYTES, PADDING_BYTES, TERM_STRIDE } from './format.ts';
import { compareBytes } from './term-bytes.ts';

export interface TermEntry {
  readonly documents: number;
  /** Where its postings begin and end in the segment. */
  readonly from: number;
  readonly to: number;
}

/**
 * The terms of a segment, kept as they are stored: only where every 16th begins is known. Opening reads it once from
 * end to end, so that a look-up meets nothing unexpected.
 */
export class TermDictionary {
  readonly size: number;
  readonly #bytes: Uint8Array;
  readonly #end: number;
  /** Of every 16th term: where its entry begins, and where its postings begin. */
  readonly #entries: Uint32Array;
  readonly #postings: Float64Array;

  constructor(bytes: Uint8Array, position: number, end: number, size: number, documents: number) {
    this.#bytes = bytes;
    this.#end = end;
    this.size = size;
    const strides = Math.ceil(size / TERM_STRIDE);
    this.#entries = new Uint32Array(strides);
    this.#postings = new Float64Array(strides);
    const reader = new ByteReader(bytes, position, end);
    const key = new TermKey();
    let postings = end;
    for (let term = 0; term < size; term += 1) {
      if (term % TERM_STRIDE === 0) {
        this.#entries[term / TERM_STRIDE] = reader.position;
        this.#postings[term / TERM_STRIDE] = postings;
      }
      if (!key.read(reader, term % TERM_STRIDE === 0, term > 0)) {
        throw new LexicalError('corrupt_segment', 'terms are out of order');
      }
      const count = reader.varint();
      const length = reader.varint();
      if (count < 1 || count > documents || length < 1) {
        throw new LexicalError('corrupt_segment', `a term has ${count} documents in ${length} bytes`);
      }
      postings += length;
    }
    if (reader.position !== end || postings + PADDING_BYTES !== bytes.length) {
      throw new LexicalError('corrupt_segment', 'dictionary and postings do not add up');
    }
  }

  get sizeBytes(): number {
    return this.#entries.byteLength + this.#postings.byteLength;
  }

  find(term: Uint8Array): TermEntry | undefined {
    let low = 0;
    let high = this.#entries.length - 1;
    if (high < 0 || this.#compareWhole(0, term) > 0) return undefined;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.#compareWhole(middle, term) <= 0) low = middle;
      else high = middle - 1;
    }
    return this.#scan(low, term);
  }

  /** Compares the term that a stride begins with. */
  #compareWhole(stride: number, term: Uint8Array): number {
    const bytes = this.#bytes;
    // One byte says that nothing is shared; lengths are below 2^14, as terms are.
    let position = this.#entries[stride]! + 1;
    let length = bytes[position++]!;
    if (length >= 0x80) length = (length & 0x7f) | (bytes[position++]! << 7);
    const most = Math.min(length, term.length);
    for (let index = 0; index < most; index += 1) {
      const difference = bytes[position + index]! - term[index]!;
      if (difference !== 0) return difference;
    }
    return length - term.length;
  }

  /**
   * Reads on from a term that is not after the one looked for, without putting terms together: a term that shares more
   * with the one before than that shares with ours is before ours too, one that shares less is after it.
   */
  #scan(stride: number, term: Uint8Array): TermEntry | undefined {
    const bytes = this.#bytes;
    const reader = new ByteReader(bytes, this.#entries[stride], this.#end);
    const last = Math.min(this.size, (stride + 1) * TERM_STRIDE);
    let from = this.#postings[stride]!;
    let matched = 0;
    for (let index = stride * TERM_STRIDE; index < last; index += 1) {
      const shared = reader.varint();
      const own = reader.varint();
      if (shared < matched) return undefined;
      if (shared === matched) {
        const start = reader.position;
        while (matched < term.length && matched - shared < own) {
          if (bytes[start + matched - shared] !== term[matched]) break;
          matched += 1;
        }
        const isAtEnd = matched - shared === own;
        if (isAtEnd && matched === term.length) {
          reader.position += own;
          return { documents: reader.varint(), from, to: from + reader.varint() };
        }
        if (!isAtEnd && (matched === term.length || bytes[start + matched - shared]! > term[matched]!))
          return undefined;
      }
      reader.position += own;
      reader.varint();
      from += reader.varint();
    }
    return undefined;
  }

  /** All terms in the order of their bytes; `term` holds until the next. */
  entries(): Generator<TermEntry & { readonly term: Uint8Array }> {
    return this.#walk(0, this.#entries.length);
  }

  *#walk(stride: number, strides: number): Generator<TermEntry & { readonly term: Uint8Array }> {
    if (strides === 0) return;
    const reader = new ByteReader(this.#bytes, this.#entries[stride], this.#end);
    const key = new TermKey();
    let from = this.#postings[stride]!;
    const last = Math.min(this.size, (stride + strides) * TERM_STRIDE);
    for (let term = stride * TERM_STRIDE; term < last; term += 1) {
      key.read(reader, term % TERM_STRIDE === 0, false);
      const documents = reader.varint();
      const to = from + reader.varint();
      yield { term: key.view(), documents, from, to };
      from = to;
    }
  }
}

/** The term at hand, made of what it shares with the one before and what is its own. */
class TermKey {
  readonly #bytes = new Uint8Array(LONGEST_TERM_BYTES);
  #length = 0;

  view(): Uint8Array {
    return this.#bytes.subarray(0, this.#length);
  }

  /** Returns false if the term does not come after the one before. */
  read(reader: ByteReader, isWhole: boolean, isCompared: boolean): boolean {
    const before = isCompared ? this.view().slice() : undefined;
    const shared = reader.varint();
    if (shared > this.#length || (isWhole && shared > 0)) {
      throw new LexicalError('corrupt_segment', 'a term shares more than the one before has');
    }
    const own = reader.bytes(reader.varint());
    if (shared + own.length > LONGEST_TERM_BYTES) throw new LexicalError('corrupt_segment', 'a term is too long');
    this.#bytes.set(own, shared);
    this.#length = shared + own.length;
    return before === undefined || compareBytes(before, this.view()) < 0;
  }
}
