import { LexicalError } from '../lexical-error.ts';
import { PostingsCursor } from './postings-cursor.ts';
import type { Segment } from './segment.ts';
import { type DocumentRow, SegmentWriter } from './segment-writer.ts';
import { compareBytes } from './term-bytes.ts';

/** Four numbers for each document of a term: its new number and its occurrences by field. */
type Postings = number[];

/**
 * One segment of several, without the documents that are no longer live. The bytes are those that `buildSegment` would
 * give for the live documents.
 *
 * @throws {LexicalError} `analyzer_mismatch`, `duplicate_ordinal`, `invalid_option` when there is nothing to merge
 */
export function mergeSegments(
  segments: readonly Segment[],
  isLive: (ordinal: number) => boolean = () => true,
): Uint8Array {
  const analyzer = segments[0]?.analyzer;
  if (analyzer === undefined) throw new LexicalError('invalid_option', 'there is no segment to merge');
  for (const segment of segments) {
    if (segment.analyzer !== analyzer) {
      throw new LexicalError('analyzer_mismatch', `segments of ${analyzer} and ${segment.analyzer} do not merge`);
    }
  }
  const { rows, renumbered } = renumber(segments, isLive);
  const writer = new SegmentWriter(analyzer, rows);
  const streams = segments.map((segment) => segment.terms.entries());
  const heads = streams.map((stream) => stream.next());
  for (;;) {
    let least: Uint8Array | undefined;
    for (const { done, value } of heads) {
      if (!done && (least === undefined || compareBytes(value.term, least) < 0)) least = value.term;
    }
    if (least === undefined) return writer.finish();
    const term = least.slice();
    const postings: Postings = [];
    let isSorted = true;
    for (const [index, { done, value }] of heads.entries()) {
      if (done || compareBytes(value.term, term) !== 0) continue;
      const before = postings.at(-4) ?? -1;
      const from = postings.length;
      collect(new PostingsCursor(segments[index]!, value), renumbered[index]!, postings);
      if (from < postings.length && postings[from]! < before) isSorted = false;
      heads[index] = streams[index]!.next();
    }
    writer.blocks.begin();
    addPostings(writer, postings, isSorted);
    writer.endTerm(term);
  }
}

/** The documents of the merged segment, and for each segment the new number of each of its documents, -1 if dead. */
function renumber(
  segments: readonly Segment[],
  isLive: (ordinal: number) => boolean,
): { rows: DocumentRow[]; renumbered: Int32Array[] } {
  const live: { segment: number; document: number; ordinal: number }[] = [];
  for (const [segment, { ordinals }] of segments.entries()) {
    for (const [document, ordinal] of ordinals.entries())
      if (isLive(ordinal)) live.push({ segment, document, ordinal });
  }
  live.sort((one, other) => one.ordinal - other.ordinal);
  const renumbered = segments.map(({ documents }) => new Int32Array(documents).fill(-1));
  const rows = live.map(({ segment: index, document, ordinal }, number): DocumentRow => {
    if (number > 0 && live[number - 1]!.ordinal === ordinal) {
      throw new LexicalError('duplicate_ordinal', `two segments have a live document of ordinal ${ordinal}`);
    }
    renumbered[index]![document] = number;
    const { lengths, languages, languageOf } = segments[index]!;
    return {
      ordinal,
      title: lengths.title[document]!,
      headings: lengths.headings[document]!,
      text: lengths.text[document]!,
      language: languages[languageOf[document]!]!.language,
    };
  });
  return { rows, renumbered };
}

function collect(cursor: PostingsCursor, renumbered: Int32Array, postings: Postings): void {
  while (cursor.nextBlock()) {
    for (let at = 0; at < cursor.count; at += 1) {
      const number = renumbered[cursor.documents[at]!]!;
      if (number >= 0) postings.push(number, cursor.title[at]!, cursor.headings[at]!, cursor.text[at]!);
    }
  }
  cursor.release();
}

function addPostings({ blocks }: SegmentWriter, postings: Postings, isSorted: boolean): void {
  const count = postings.length / 4;
  const order = Uint32Array.from({ length: count }, (_, index) => index * 4);
  if (!isSorted) order.sort((one, other) => postings[one]! - postings[other]!);
  for (const at of order) blocks.add(postings[at]!, postings[at + 1]!, postings[at + 2]!, postings[at + 3]!);
}
