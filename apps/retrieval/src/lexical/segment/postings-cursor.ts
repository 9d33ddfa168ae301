import { LexicalError } from '../lexical-error.ts';
import { BlockRows } from './block-rows.ts';
import { type DecodedBlock, decodePackedBlock, decodeVaryingBlock } from './decode-block.ts';
import { BLOCK_SIZE } from './format.ts';
import type { Segment } from './segment.ts';
import type { TermEntry } from './term-dictionary.ts';

/** The document of a cursor that has passed its last one. */
export const END = 0x7fffffff;

type Buffers = Omit<DecodedBlock, 'hasFields'>;

/** A search over many segments makes hundreds of cursors, one after the other: their buffers go round. */
const spare: Buffers[] = [];
const mostSpare = 512;
const newBuffers = (): Buffers => ({
  documents: new Int32Array(BLOCK_SIZE),
  title: new Uint16Array(BLOCK_SIZE),
  headings: new Uint16Array(BLOCK_SIZE),
  text: new Uint16Array(BLOCK_SIZE),
});

/**
 * Walks one term's documents, a block at a time. `documents[at]` of `count` in the block at hand are read directly by
 * the scorer; `title`, `headings`, `text` are the occurrences beside them.
 */
export class PostingsCursor implements DecodedBlock {
  readonly rows: BlockRows;
  readonly entry: TermEntry;
  readonly documents: Int32Array;
  readonly title: Uint16Array;
  readonly headings: Uint16Array;
  readonly text: Uint16Array;
  /** At first the buffers hold what another cursor left. */
  hasFields = true;
  count = 0;
  at = 0;
  block = -1;
  readonly #segment: Segment;

  constructor(segment: Segment, entry: TermEntry) {
    this.#segment = segment;
    this.entry = entry;
    this.rows = new BlockRows(segment, entry);
    const buffers = spare.pop() ?? newBuffers();
    this.documents = buffers.documents;
    this.title = buffers.title;
    this.headings = buffers.headings;
    this.text = buffers.text;
  }

  /** Gives the buffers to cursors to come; this one must not be used any more. */
  release(): void {
    const { documents, title, headings, text } = this;
    if (spare.length < mostSpare) spare.push({ documents, title, headings, text });
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
    if (this.document < target) this.at = this.#gallop(target);
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

  /** The first place after the one at hand whose document is at least `target`; the block's end if there is none. */
  #gallop(target: number): number {
    const { documents, count } = this;
    let low = this.at + 1;
    let step = 1;
    while (low + step < count && documents[low + step]! < target) {
      low += step + 1;
      step *= 2;
    }
    let high = Math.min(low + step, count);
    while (low < high) {
      const middle = (low + high) >> 1;
      if (documents[middle]! < target) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  #decode(block: number): void {
    const { count: blocks, last, offset } = this.rows;
    const { bytes, view, documents } = this.#segment;
    const before = block === 0 ? -1 : last[block - 1]!;
    let size = BLOCK_SIZE;
    let isWhole: boolean;
    if (block < blocks - 1) {
      isWhole = decodePackedBlock(view, offset[block]!, this.rows.widths(block), before, this) === last[block];
    } else {
      size = this.entry.documents - block * BLOCK_SIZE;
      isWhole = decodeVaryingBlock(bytes, offset[block]!, size, before, this) === this.entry.to;
    }
    const document = this.documents[size - 1]!;
    if (!isWhole || document >= documents || (blocks > 1 && document !== last[block])) {
      throw new LexicalError('corrupt_segment', 'postings do not add up');
    }
    this.block = block;
    this.count = size;
    this.at = 0;
  }
}
