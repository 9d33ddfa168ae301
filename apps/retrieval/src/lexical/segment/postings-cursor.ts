import { LexicalError } from '../lexical-error.ts';
import { ByteReader } from './bytes.ts';
import { BLOCK_SIZE } from './format.ts';
import type { Segment } from './segment.ts';
import type { TermEntry } from './term-dictionary.ts';

/** The document of a cursor that has passed its last one. */
export const END = 0x7fffffff;

/** The rows of a term's blocks. A term of one block has no stored row: that one says nothing but where it ends. */
export interface BlockRows {
  readonly count: number;
  readonly last: Int32Array;
  readonly offset: Float64Array;
  /** Undefined for a single block. */
  readonly most: { title: Uint16Array; headings: Uint16Array; text: Uint16Array; leastLength: Uint32Array } | undefined;
}

/**
 * Walks one term's documents, a block at a time. `documents[at]` of `count` in the block at hand are read directly by
 * the scorer; `title`, `headings`, `text` are the occurrences beside them.
 */
export class PostingsCursor {
  readonly rows: BlockRows;
  readonly entry: TermEntry;
  readonly documents: Int32Array;
  readonly title: Uint16Array;
  readonly headings: Uint16Array;
  readonly text: Uint16Array;
  count = 0;
  at = 0;
  block = -1;
  readonly #segment: Segment;

  constructor(segment: Segment, entry: TermEntry) {
    this.#segment = segment;
    this.entry = entry;
    this.rows = readRows(segment, entry);
    const size = Math.min(BLOCK_SIZE, entry.documents);
    this.documents = new Int32Array(size);
    this.title = new Uint16Array(size);
    this.headings = new Uint16Array(size);
    this.text = new Uint16Array(size);
  }

  /** The document at hand, END past the last, and before the first `seek` nothing that means something. */
  get document(): number {
    return this.at < this.count ? this.documents[this.at]! : END;
  }

  /** Moves to the first document that is at least `target`, never backwards, and returns it. */
  seek(target: number): number {
    const { last, count } = this.rows;
    if (this.block < 0 || last[this.block]! < target) {
      let block = Math.max(this.block, 0);
      while (block < count && last[block]! < target) block += 1;
      if (block === count) {
        this.block = count - 1;
        this.at = this.count;
        return END;
      }
      if (block !== this.block) this.#decode(block);
    }
    while (this.at < this.count && this.documents[this.at]! < target) this.at += 1;
    return this.document;
  }

  /** Moves to the block after the one at hand; false if there is none. */
  nextBlock(): boolean {
    if (this.block + 1 >= this.rows.count) {
      this.at = this.count;
      return false;
    }
    this.#decode(this.block + 1);
    return true;
  }

  #decode(block: number): void {
    const { count: blocks, last, offset } = this.rows;
    const { bytes, documents } = this.#segment;
    const isLast = block === blocks - 1;
    const size = isLast ? this.entry.documents - block * BLOCK_SIZE : BLOCK_SIZE;
    const end = isLast ? this.entry.to : offset[block + 1]!;
    const reader = new ByteReader(bytes, offset[block], end);
    let document = block === 0 ? -1 : last[block - 1]!;
    for (let index = 0; index < size; index += 1) {
      const code = reader.varint();
      document += Math.floor(code / 2) + 1;
      this.documents[index] = document;
      if (code % 2 === 0) {
        this.title[index] = 0;
        this.headings[index] = 0;
        this.text[index] = 1;
      } else {
        const occurrences = reader.varint();
        this.text[index] = occurrences >>> 2;
        this.title[index] = occurrences & 1 ? reader.varint() : 0;
        this.headings[index] = occurrences & 2 ? reader.varint() : 0;
      }
    }
    const isWhole = reader.position === end && document < documents && (blocks === 1 || document === last[block]);
    if (!isWhole) throw new LexicalError('corrupt_segment', 'postings do not add up');
    this.block = block;
    this.count = size;
    this.at = 0;
  }
}

function readRows({ bytes, documents }: Segment, entry: TermEntry): BlockRows {
  const count = Math.ceil(entry.documents / BLOCK_SIZE);
  const last = new Int32Array(count);
  const offset = new Float64Array(count);
  if (count === 1) {
    last[0] = documents - 1;
    offset[0] = entry.from;
    return { count, last, offset, most: undefined };
  }
  const most = {
    title: new Uint16Array(count),
    headings: new Uint16Array(count),
    text: new Uint16Array(count),
    leastLength: new Uint32Array(count),
  };
  const reader = new ByteReader(bytes, entry.from, entry.to);
  let document = -1;
  let size = 0;
  for (let block = 0; block < count; block += 1) {
    document += reader.varint() + 1;
    last[block] = document;
    offset[block] = size;
    size += reader.varint();
    most.title[block] = reader.varint();
    most.headings[block] = reader.varint();
    most.text[block] = reader.varint();
    most.leastLength[block] = reader.varint();
    if (document >= documents) throw new LexicalError('corrupt_segment', 'postings name a document that is not there');
  }
  if (reader.position + size !== entry.to) throw new LexicalError('corrupt_segment', 'blocks do not add up');
  for (let block = 0; block < count; block += 1) offset[block]! += reader.position;
  return { count, last, offset, most };
}
