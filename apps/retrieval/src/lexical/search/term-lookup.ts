import { termBytes } from '../segment/term-bytes.ts';
import type { TermEntry } from '../segment/term-dictionary.ts';
import type { IndexedSegment } from './indexed-segment.ts';

/** Looks terms up in all segments, each once in a search. */
export class TermLookup {
  readonly segments: readonly IndexedSegment[];
  readonly #known = new Map<string, { entries: (TermEntry | undefined)[]; documents: number }>();

  constructor(segments: readonly IndexedSegment[]) {
    this.segments = segments;
  }

  /** Where each segment has the term. */
  entries(term: string): readonly (TermEntry | undefined)[] {
    return this.#find(term).entries;
  }

  /** Documents with the term; of a segment with deletions the share that lives is counted. */
  documents(term: string): number {
    return this.#find(term).documents;
  }

  #find(term: string): { entries: (TermEntry | undefined)[]; documents: number } {
    const known = this.#known.get(term);
    if (known) return known;
    const bytes = termBytes(term);
    const entries = this.segments.map(({ segment }) => segment.terms.find(bytes));
    let documents = 0;
    for (const [index, entry] of entries.entries()) {
      if (entry) documents += entry.documents * this.segments[index]!.liveShare;
    }
    const found = { entries, documents };
    this.#known.set(term, found);
    return found;
  }
}
