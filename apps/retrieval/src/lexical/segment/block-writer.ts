import { ByteWriter } from './bytes.ts';
import { BLOCK_SIZE, MOST_OCCURRENCES } from './format.ts';

/**
 * Writes one term's postings, documents ascending. Reused from term to term: `begin`, `add` for each document, then
 * `finish`.
 */
export class BlockWriter {
  readonly #lengths: ArrayLike<number>;
  readonly #rows = new ByteWriter(256);
  readonly #blocks = new ByteWriter(1024);
  #documents = 0;
  #previous = -1;
  #blockStart = 0;
  #lastOfBlockBefore = -1;
  #mostTitle = 0;
  #mostHeadings = 0;
  #mostText = 0;
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
    this.#lastOfBlockBefore = -1;
    this.#beginBlock();
  }

  add(document: number, title: number, headings: number, text: number): void {
    if (this.#documents > 0 && this.#documents % BLOCK_SIZE === 0) this.#endBlock();
    const inTitle = Math.min(title, MOST_OCCURRENCES);
    const inHeadings = Math.min(headings, MOST_OCCURRENCES);
    const inText = Math.min(text, MOST_OCCURRENCES);
    const isPlain = inText === 1 && inTitle === 0 && inHeadings === 0;
    this.#blocks.varint((document - this.#previous - 1) * 2 + (isPlain ? 0 : 1));
    if (!isPlain) {
      this.#blocks.varint(inText * 4 + (inTitle > 0 ? 1 : 0) + (inHeadings > 0 ? 2 : 0));
      if (inTitle > 0) this.#blocks.varint(inTitle);
      if (inHeadings > 0) this.#blocks.varint(inHeadings);
    }
    this.#mostTitle = Math.max(this.#mostTitle, inTitle);
    this.#mostHeadings = Math.max(this.#mostHeadings, inHeadings);
    this.#mostText = Math.max(this.#mostText, inText);
    this.#leastLength = Math.min(this.#leastLength, this.#lengths[document]!);
    this.#previous = document;
    this.#documents += 1;
  }

  /** Appends rows and blocks; returns how many bytes they are. */
  finish(to: ByteWriter): number {
    const isSingle = this.#documents <= BLOCK_SIZE;
    if (!isSingle) {
      this.#endBlock();
      to.bytes(this.#rows.view());
    }
    to.bytes(this.#blocks.view());
    return this.#blocks.length + (isSingle ? 0 : this.#rows.length);
  }

  #endBlock(): void {
    this.#rows.varint(this.#previous - this.#lastOfBlockBefore - 1);
    this.#rows.varint(this.#blocks.length - this.#blockStart);
    this.#rows.varint(this.#mostTitle);
    this.#rows.varint(this.#mostHeadings);
    this.#rows.varint(this.#mostText);
    this.#rows.varint(this.#leastLength);
    this.#lastOfBlockBefore = this.#previous;
    this.#beginBlock();
  }

  #beginBlock(): void {
    this.#blockStart = this.#blocks.length;
    this.#mostTitle = 0;
    this.#mostHeadings = 0;
    this.#mostText = 0;
    this.#leastLength = Number.MAX_SAFE_INTEGER;
  }
}
