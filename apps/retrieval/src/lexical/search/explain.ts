import type { TermKind } from '../analyze/token.ts';
import { PostingsCursor } from '../segment/postings-cursor.ts';
import { findTerm, type Segment } from '../segment/segment.ts';
import { type Bm25Settings, contribution, normOf, weightedLength, weightedOccurrences } from './bm25.ts';
import type { WeightedTerm } from './query-terms.ts';

export interface TermExplanation {
  readonly term: string;
  readonly kind: TermKind;
  /** Documents of the index that have it, and the rarity that follows. */
  readonly documents: number;
  readonly idf: number;
  /** Of the query: occurrences times the weight of the kind. */
  readonly weight: number;
  /** Occurrences in the document by field; all 0 where it has none. */
  readonly occurrences: { readonly title: number; readonly headings: number; readonly text: number };
  /** What it adds to the score. */
  readonly score: number;
}

export interface LexicalExplanation {
  readonly ordinal: number;
  /** As `search` has it. */
  readonly score: number;
  /** Words of the document, weighted over fields, and of the average one. */
  readonly length: number;
  readonly averageLength: number;
  /** Documents of the index. */
  readonly documents: number;
  readonly terms: readonly TermExplanation[];
}

export function explainDocument(
  segment: Segment,
  document: number,
  terms: readonly WeightedTerm[],
  averageLength: number,
  settings: Bm25Settings,
): Pick<LexicalExplanation, 'score' | 'length' | 'terms'> {
  const length = weightedLength(segment, document, settings.weights);
  const norm = normOf(length, averageLength, settings);
  const explained = terms.map(({ term, kind, documents, idf, weight }): TermExplanation => {
    const occurrences = occurrencesIn(segment, term, document);
    const { title, headings, text } = occurrences;
    const weighted = weightedOccurrences(settings.weights, title, headings, text);
    const score = weighted > 0 ? contribution(idf * weight * (settings.k1 + 1), weighted, norm) : 0;
    return { term, kind, documents, idf, weight, occurrences, score };
  });
  return { score: explained.reduce((sum, each) => sum + each.score, 0), length, terms: explained };
}

function occurrencesIn(segment: Segment, term: string, document: number): TermExplanation['occurrences'] {
  const entry = findTerm(segment, term);
  const cursor = entry && new PostingsCursor(segment, entry);
  if (cursor?.seek(document) !== document) return { title: 0, headings: 0, text: 0 };
  const { at } = cursor;
  return { title: cursor.title[at]!, headings: cursor.headings[at]!, text: cursor.text[at]! };
}
