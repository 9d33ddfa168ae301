import { ByteWriter } from './bytes.ts';
import { BLOCK_SIZE, MOST_OCCURRENCES } from './format.ts';
import { packNumbers, widthOf } from './packed-numbers.ts';

/**
 * Writes one term's postings, documents ascending. Reused from term to term: `begin`, `add` for each document, then
 * `finish`.
 */
export class BlockWriter {
  readonly #lengths: ArrayLike<number>;
  readonly #rows = new ByteWriter(256);
  readonly #blocks = new ByteWriter(1024);
  /** The block at hand: differences of documents less one, and occurrences. */
  readonly #gaps = new Uint32Array(BLOCK_SIZE);
  readonly #title = new Uint16Array(BLOCK_SIZE);
  readonly #headings = new Uint16Array(BLOCK_SIZE);
  readonly #text = new Uint16Array(BLOCK_SIZE);
  #size = 0;
  #documents = 0;
  #previous = -1;
  #leastLength = 0;

  /** @param lengths words of each document, all fields together */
  constructor(lengths: ArrayLike<number>) {
    this.#lengths = lengths;
  }

  get documents(): number {
    return this.#documents;
  }

  begin(): void {
    this.#rows.clear();
    this.#blocks.clear();
    this.#documents = 0;
    this.#previous = -1;
    this.#size = 0;
    this.#leastLength = Number.MAX_SAFE_INTEGER;
  }

  add(document: number, title: number, headings: number, text: number): void {
    // A full block is written only when there is more: the last one is always in numbers of varying length.
    if (this.#size === BLOCK_SIZE) this.#packBlock();
    this.#gaps[this.#size] = document - this.#previous - 1;
    this.#title[this.#size] = Math.min(title, MOST_OCCURRENCES);
    this.#headings[this.#size] = Math.min(headings, MOST_OCCURRENCES);
    this.#text[this.#size] = Math.min(text, MOST_OCCURRENCES);
    this.#leastLength = Math.min(this.#leastLength, this.#lengths[document]!);
    this.#previous = document;
    this.#size += 1;
    this.#documents += 1;
  }

  /** Appends rows and blocks; returns how many bytes they are. */
  finish(to: ByteWriter): number {
    if (this.#documents > BLOCK_SIZE) {
      this.#row();
      to.bytes(this.#rows.view());
    }
    this.#varyingBlock();
    to.bytes(this.#blocks.view());
    return this.#blocks.length + (this.#documents > BLOCK_SIZE ? this.#rows.length : 0);
  }

  #packBlock(): void {
    const { title, headings, text, gap } = this.#row();
    packNumbers(this.#gaps, widthOf(gap), this.#blocks);
    packNumbers(this.#text, widthOf(text), this.#blocks);
    packNumbers(this.#title, widthOf(title), this.#blocks);
    packNumbers(this.#headings, widthOf(headings), this.#blocks);
    this.#size = 0;
    this.#leastLength = Number.MAX_SAFE_INTEGER;
  }

  #row(): { gap: number; title: number; headings: number; text: number } {
    let span = 0;
    const most = { gap: 0, title: 0, headings: 0, text: 0 };
    for (let index = 0; index < this.#size; index += 1) {
      span += this.#gaps[index]! + 1;
      most.gap = Math.max(most.gap, this.#gaps[index]!);
      most.title = Math.max(most.title, this.#title[index]!);
      most.headings = Math.max(most.headings, this.#headings[index]!);
      most.text = Math.max(most.text, this.#text[index]!);
    }
    this.#rows.varint(span - 1);
    this.#rows.byte(widthOf(most.gap));
    this.#rows.varint(most.title);
    this.#rows.varint(most.headings);
    this.#rows.varint(most.text);
    this.#rows.varint(this.#leastLength);
    return most;
  }

  #varyingBlock(): void {
    for (let index = 0; index < this.#size; index += 1) {
      const title = this.#title[index]!;
      const headings = this.#headings[index]!;
      const text = this.#text[index]!;
      const isPlain = text === 1 && title === 0 && headings === 0;
      this.#blocks.varint(this.#gaps[index]! * 2 + (isPlain ? 0 : 1));
      if (isPlain) continue;
      this.#blocks.varint(text * 4 + (title > 0 ? 1 : 0) + (headings > 0 ? 2 : 0));
      if (title > 0) this.#blocks.varint(title);
      if (headings > 0) this.#blocks.varint(headings);
    }
  }
}
