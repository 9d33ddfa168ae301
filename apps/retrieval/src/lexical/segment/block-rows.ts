import { LexicalError } from '../lexical-error.ts';
import { ByteReader } from './bytes.ts';
import type { BlockWidths } from './decode-block.ts';
import { BLOCK_SIZE } from './format.ts';
import { checkWidth, packedBytes, widthOf } from './packed-numbers.ts';
import type { Segment } from './segment.ts';
import type { TermEntry } from './term-dictionary.ts';

/** What a search may know of a block without decoding it. */
interface BlockMaxima {
  readonly title: Uint16Array;
  readonly headings: Uint16Array;
  readonly text: Uint16Array;
  readonly leastLength: Uint32Array;
}

/** The rows of a term's blocks. A term of one block has no stored row: that one says nothing but where it ends. */
export class BlockRows {
  readonly count: number;
  /** The last document of each block. */
  readonly last: Int32Array;
  readonly offset: Float64Array;
  /** Undefined for a single block. */
  readonly most: BlockMaxima | undefined;
  readonly #gapWidths: Uint8Array;

  /** @throws {LexicalError} `corrupt_segment` */
  constructor({ bytes, documents }: Segment, entry: TermEntry) {
    const count = Math.ceil(entry.documents / BLOCK_SIZE);
    this.count = count;
    this.last = new Int32Array(count);
    this.offset = new Float64Array(count);
    this.#gapWidths = new Uint8Array(count);
    if (count === 1) {
      this.last[0] = documents - 1;
      this.offset[0] = entry.from;
      return;
    }
    const most = {
      title: new Uint16Array(count),
      headings: new Uint16Array(count),
      text: new Uint16Array(count),
      leastLength: new Uint32Array(count),
    };
    this.most = most;
    const reader = new ByteReader(bytes, entry.from, entry.to);
    let document = -1;
    let size = 0;
    for (let block = 0; block < count; block += 1) {
      document += reader.varint() + 1;
      if (document >= documents)
        throw new LexicalError('corrupt_segment', 'postings name a document that is not there');
      this.last[block] = document;
      this.#gapWidths[block] = checkWidth(reader.byte());
      most.title[block] = reader.varint();
      most.headings[block] = reader.varint();
      most.text[block] = reader.varint();
      most.leastLength[block] = reader.varint();
      this.offset[block] = size;
      if (block === count - 1) break;
      const { gap, title, headings, text } = this.widths(block);
      size += packedBytes(gap + title + headings + text);
    }
    if (reader.position + size > entry.to) throw new LexicalError('corrupt_segment', 'blocks do not add up');
    for (let block = 0; block < count; block += 1) this.offset[block]! += reader.position;
  }

  /** Of a block that is packed: any but the last. */
  widths(block: number): BlockWidths {
    const { title, headings, text } = this.most!;
    return {
      gap: this.#gapWidths[block]!,
      title: widthOf(title[block]!),
      headings: widthOf(headings[block]!),
      text: widthOf(text[block]!),
    };
  }
}
