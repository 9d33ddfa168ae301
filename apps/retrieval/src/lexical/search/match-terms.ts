import { PostingsCursor } from '../segment/postings-cursor.ts';
import type { QueryTerm } from './query-terms.ts';
import type { TermLookup } from './term-lookup.ts';
import type { FoundDocument } from './top-documents.ts';

/** The terms that each found document has, in the order of the query. */
export function matchTerms(
  found: readonly FoundDocument[],
  terms: readonly QueryTerm[],
  lookup: TermLookup,
): string[][] {
  const matched: string[][] = found.map(() => []);
  const bySegment = new Map<number, { document: number; rank: number }[]>();
  for (const [rank, { segment, document }] of found.entries()) {
    const documents = bySegment.get(segment);
    if (documents) documents.push({ document, rank });
    else bySegment.set(segment, [{ document, rank }]);
  }
  for (const [index, documents] of bySegment) {
    // Cursors only go forwards.
    documents.sort((one, other) => one.document - other.document);
    const { segment } = lookup.segments[index]!;
    for (const { term } of terms) {
      const entry = lookup.entries(term)[index];
      if (!entry) continue;
      const cursor = new PostingsCursor(segment, entry);
      for (const { document, rank } of documents) if (cursor.seek(document) === document) matched[rank]!.push(term);
      cursor.release();
    }
  }
  return matched;
}
