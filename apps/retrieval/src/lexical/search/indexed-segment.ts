import { documentOf, type FieldLengths, type Segment } from '../segment/segment.ts';
import { type Bm25Settings, documentNorms } from './bm25.ts';

/** A segment of an index with what was deleted from it since it was written. */
export class IndexedSegment {
  readonly segment: Segment;
  liveDocuments: number;
  /** Words of live documents by field. */
  readonly liveLengths = { title: 0, headings: 0, text: 0 };
  #deleted: Uint8Array | undefined;
  #norms: { averageLength: number; values: Float64Array } | undefined;

  constructor(segment: Segment) {
    this.segment = segment;
    this.liveDocuments = segment.documents;
    for (const field of fields) this.liveLengths[field] = segment.lengths[field].reduce((sum, each) => sum + each, 0);
  }

  /** The share of documents that live: how far a term's count of documents is believed. */
  get liveShare(): number {
    return this.segment.documents === 0 ? 0 : this.liveDocuments / this.segment.documents;
  }

  get hasDeletions(): boolean {
    return this.#deleted !== undefined;
  }

  get sizeBytes(): number {
    return this.segment.sizeBytes + (this.#deleted?.byteLength ?? 0) + (this.#norms?.values.byteLength ?? 0);
  }

  isDeleted(document: number): boolean {
    return this.#deleted !== undefined && this.#deleted[document] === 1;
  }

  /** Returns whether the document was here and alive. */
  delete(ordinal: number): boolean {
    const document = documentOf(this.segment, ordinal);
    if (document < 0 || this.isDeleted(document)) return false;
    this.#deleted ??= new Uint8Array(this.segment.documents);
    this.#deleted[document] = 1;
    this.liveDocuments -= 1;
    for (const field of fields) this.liveLengths[field] -= this.segment.lengths[field][document]!;
    return true;
  }

  /** Kept until the average length changes; the settings are those of one index and do not. */
  norms(averageLength: number, settings: Bm25Settings): Float64Array {
    if (this.#norms?.averageLength !== averageLength) {
      this.#norms = { averageLength, values: documentNorms(this.segment, averageLength, settings) };
    }
    return this.#norms.values;
  }
}

const fields = ['title', 'headings', 'text'] as const satisfies readonly (keyof FieldLengths)[];
