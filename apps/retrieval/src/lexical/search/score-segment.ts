import { type TermScorer, WINDOW } from './term-scorer.ts';
import type { TopDocuments } from './top-documents.ts';

const scores = new Float64Array(WINDOW);
/** A bit for each document of the window that has a score. */
const touched = new Int32Array(WINDOW / 32);

export interface SegmentSearch {
  readonly scorers: readonly TermScorer[];
  readonly documents: number;
  readonly ordinals: Float64Array;
  /** The next document from here that may be returned, `documents` or more for none; all may when left out. */
  readonly nextAllowed?: ((document: number) => number) | undefined;
  readonly isAllowed?: ((document: number) => boolean) | undefined;
  readonly keep: (document: number, score: number) => void;
}

/**
 * MaxScore over windows with the maxima of blocks: terms that together cannot lift a document over the threshold are
 * looked up only for documents that another term brings up, and windows that cannot reach it are passed over.
 *
 * Exact: a document is passed over only when its score is below the threshold, and scores do not depend on the order
 * of addition (see `contribution`).
 *
 * @see Turtle, Flood, Query evaluation: strategies and optimizations (1995); Ding, Suel, Faster top-k document retrieval using block-max indexes (2011)
 */
export function scoreSegment(search: SegmentSearch, top: TopDocuments): void {
  const { documents, nextAllowed } = search;
  const scorers = [...search.scorers];
  let from = 0;
  while (from < documents) {
    if (nextAllowed) {
      from = nextAllowed(from);
      if (from >= documents) return;
    }
    const start = Math.max(from, firstOfEssential(scorers, from, top.threshold));
    if (start >= documents) return;
    const to = Math.min(start + WINDOW, documents);
    for (const scorer of scorers) scorer.boundWindow(start, to);
    scorers.sort((one, other) => one.windowMost - other.windowMost);
    const essential = firstEssential(scorers, top.threshold);
    if (essential < scorers.length) scoreWindow(search, scorers, essential, start, to, top);
    from = to;
  }
}

/** The first document of any term that alone or with lesser ones could reach the threshold anywhere in the segment. */
function firstOfEssential(scorers: TermScorer[], from: number, threshold: number): number {
  scorers.sort((one, other) => one.most - other.most);
  let sum = 0;
  let first = Number.POSITIVE_INFINITY;
  for (const scorer of scorers) {
    sum += scorer.most;
    if (sum >= threshold) first = Math.min(first, scorer.cursor.seek(from));
  }
  return first;
}

/** How many terms, the weakest, cannot reach the threshold together within the window. */
function firstEssential(scorers: readonly TermScorer[], threshold: number): number {
  let sum = 0;
  for (const [index, scorer] of scorers.entries()) {
    sum += scorer.windowMost;
    if (sum >= threshold) return index;
  }
  return scorers.length;
}

function scoreWindow(
  { ordinals, isAllowed, keep }: SegmentSearch,
  scorers: readonly TermScorer[],
  essential: number,
  from: number,
  to: number,
  top: TopDocuments,
): void {
  for (let index = essential; index < scorers.length; index += 1) {
    scorers[index]!.addWindow(from, to, scores, touched);
  }
  // What the terms before each can add at most, itself included.
  const reach = new Float64Array(essential);
  for (let index = 0; index < essential; index += 1) {
    reach[index] = (index === 0 ? 0 : reach[index - 1]!) + scorers[index]!.windowMost;
  }
  const words = Math.ceil((to - from) / 32);
  for (let word = 0; word < words; word += 1) {
    for (let bits = touched[word]!; bits !== 0; bits &= bits - 1) {
      const offset = word * 32 + 31 - Math.clz32(bits & -bits);
      const document = from + offset;
      let score = scores[offset]!;
      scores[offset] = 0;
      let index = essential - 1;
      for (; index >= 0 && score + reach[index]! >= top.threshold; index -= 1) {
        const scorer = scorers[index]!;
        if (scorer.cursor.seek(document) === document) score += scorer.score();
      }
      if (index >= 0 || score < top.threshold || score === 0 || !top.wouldKeep(score, ordinals[document]!)) continue;
      if (isAllowed === undefined || isAllowed(document)) keep(document, score);
    }
    touched[word] = 0;
  }
}
