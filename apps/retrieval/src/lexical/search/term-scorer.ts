import { BLOCK_SIZE } from '../segment/format.ts';
import { END, PostingsCursor } from '../segment/postings-cursor.ts';
import type { Segment } from '../segment/segment.ts';
import type { TermEntry } from '../segment/term-dictionary.ts';
import { type Bm25Settings, contribution, normOf, QUANTUM, weightedOccurrences } from './bm25.ts';

/** One query term in one segment: its documents, what each adds to the score, and how much any of a range can add. */
export class TermScorer {
  readonly cursor: PostingsCursor;
  /** The most that any document of the segment gets from the term. */
  readonly most: number;
  /** The most within the window at hand, see {@link boundWindow}. */
  windowMost = 0;
  readonly #weight: number;
  readonly #settings: Bm25Settings;
  readonly #norms: Float64Array;
  readonly #blockMost: Float64Array;
  #boundBlock = 0;

  /** @param weight idf · query weight · (k1 + 1) */
  constructor(
    segment: Segment,
    entry: TermEntry,
    weight: number,
    settings: Bm25Settings,
    norms: Float64Array,
    averageLength: number,
  ) {
    this.cursor = new PostingsCursor(segment, entry);
    this.#weight = weight;
    this.#settings = settings;
    this.#norms = norms;
    this.#blockMost = this.#bounds(averageLength);
    this.most = this.#blockMost.reduce((most, each) => Math.max(most, each), 0);
  }

  /** What the document at hand gets. */
  score(): number {
    const { cursor } = this;
    return this.#scoreAt(cursor.at, cursor.documents[cursor.at]!);
  }

  /** Sets `windowMost` for the documents from `from` to before `to`; windows only go forwards. */
  boundWindow(from: number, to: number): void {
    const { last, count } = this.cursor.rows;
    while (this.#boundBlock < count && last[this.#boundBlock]! < from) this.#boundBlock += 1;
    let most = 0;
    // A block begins after the last document of the one before.
    for (let block = this.#boundBlock; block < count; block += 1) {
      if (block > this.#boundBlock && last[block - 1]! + 1 >= to) break;
      most = Math.max(most, this.#blockMost[block]!);
    }
    this.windowMost = most;
  }

  /** Adds to `scores[document - from]`, and marks its bit, for the documents from `from` to before `to`. */
  addWindow(from: number, to: number, scores: Float64Array, touched: Int32Array): void {
    const { cursor } = this;
    if (cursor.seek(from) >= to) return;
    const { documents } = cursor;
    for (;;) {
      const { count } = cursor;
      let { at } = cursor;
      for (; at < count; at += 1) {
        const document = documents[at]!;
        if (document >= to) break;
        const offset = document - from;
        scores[offset]! += this.#scoreAt(at, document);
        touched[offset >>> 5]! |= 1 << (offset & 31);
      }
      cursor.at = at;
      if (at < count || !cursor.nextBlock()) return;
    }
  }

  #scoreAt(at: number, document: number): number {
    const { title, headings, text, hasFields } = this.cursor;
    const { weights } = this.#settings;
    const occurrences = hasFields
      ? weightedOccurrences(weights, title[at]!, headings[at]!, text[at]!)
      : weights.text * text[at]!;
    return occurrences > 0 ? contribution(this.#weight, occurrences, this.#norms[document]!) : 0;
  }

  #bounds(averageLength: number): Float64Array {
    const { rows } = this.cursor;
    const bounds = new Float64Array(rows.count);
    if (rows.most === undefined) {
      // One block: its documents are at hand, so the bound is exact.
      if (this.cursor.seek(0) === END) return bounds;
      for (let at = 0; at < this.cursor.count; at += 1) {
        bounds[0] = Math.max(bounds[0]!, this.#scoreAt(at, this.cursor.documents[at]!));
      }
      return bounds;
    }
    const { title, headings, text, leastLength } = rows.most;
    const { weights } = this.#settings;
    const leastWeight = Math.min(weights.title, weights.headings, weights.text);
    for (let block = 0; block < bounds.length; block += 1) {
      const occurrences = weightedOccurrences(weights, title[block]!, headings[block]!, text[block]!);
      const norm = normOf(leastWeight * leastLength[block]!, averageLength, this.#settings);
      // One quantum more: rounding may go up for a document and down for the bound.
      if (occurrences > 0) bounds[block] = contribution(this.#weight, occurrences, norm) + QUANTUM;
    }
    return bounds;
  }
}

/** Documents a window spans: some blocks of a common term, and scores that stay in the cache. */
export const WINDOW = 32 * BLOCK_SIZE;
