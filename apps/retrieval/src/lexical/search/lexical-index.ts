import { LexicalError } from '../lexical-error.ts';
import { documentOf, type Segment } from '../segment/segment.ts';
import { allowedDocuments } from './allowed-documents.ts';
import { type Bm25Settings, checkBm25, defaultBm25, type FieldWeights, inverseDocumentFrequency } from './bm25.ts';
import { explainDocument, type LexicalExplanation } from './explain.ts';
import { IndexedSegment } from './indexed-segment.ts';
import { matchTerms } from './match-terms.ts';
import { queryTerms, type WeightedTerm } from './query-terms.ts';
import { scoreAllowed } from './score-allowed.ts';
import { type SegmentSearch, scoreSegment } from './score-segment.ts';
import { TermLookup } from './term-lookup.ts';
import { TermScorer } from './term-scorer.ts';
import { TopDocuments } from './top-documents.ts';

export interface LexicalIndexSettings {
  readonly k1?: number;
  readonly b?: number;
  readonly weights?: Partial<FieldWeights>;
}

export interface LexicalQueryOptions {
  /** ISO 639-1 of the query; told by its words among the index's languages when left out. */
  readonly language?: string | undefined;
  /** Words only: no identifiers as a whole, no parts, no pairs of characters. BM25 as the textbook has it. */
  readonly plain?: boolean;
}

export interface LexicalSearchOptions extends LexicalQueryOptions {
  /** How many documents at most; 10. */
  readonly k?: number;
  /** Asked only about documents whose score would be kept. */
  readonly accept?: ((ordinal: number) => boolean) | undefined;
  /** Ordinals that may be returned, ascending. Quicker than `accept` where few may. */
  readonly allowed?: ArrayLike<number> | undefined;
}

export interface LexicalHit {
  readonly ordinal: number;
  readonly score: number;
  /** The terms of the query that the document has, as they are indexed. */
  readonly terms: readonly string[];
}

export interface LexicalStatistics {
  readonly segments: number;
  /** Without the deleted ones. */
  readonly documents: number;
  readonly deletedDocuments: number;
  /** Words of a document, weighted over fields. */
  readonly averageLength: number;
  /** ISO 639-1 → documents, deleted ones included until a merge. */
  readonly languages: Readonly<Record<string, number>>;
  readonly sizeBytes: number;
}

const mostResults = 100_000;
/** Where a filter lets fewer than one in so many through, its documents are looked at one by one. */
const fewAllowed = 16;
/** A query longer than this is a document; its rarest terms say what it is about. */
const mostTerms = 256;

/**
 * BM25 over segments held in memory, with the statistics of all of them together. Ordinals must be unique among the
 * segments. Equal scores come in the order of ordinals, and a result does not depend on how documents are spread over
 * segments, as long as none are deleted: deletions leave N and lengths exact, and document counts of terms estimated
 * by the live share of each segment until it is merged.
 */
export class LexicalIndex {
  readonly settings: Bm25Settings;
  readonly #segments = new Map<string, IndexedSegment>();
  #statistics: LexicalStatistics | undefined;

  /** @throws {LexicalError} `invalid_option` */
  constructor({ k1 = defaultBm25.k1, b = defaultBm25.b, weights = {} }: LexicalIndexSettings = {}) {
    this.settings = { k1, b, weights: { ...defaultBm25.weights, ...weights } };
    checkBm25(this.settings);
  }

  get segmentIds(): string[] {
    return [...this.#segments.keys()];
  }

  has(id: string): boolean {
    return this.#segments.has(id);
  }

  /**
   * Takes a segment in, in place of one of the same id.
   *
   * @param deleted ordinals that were deleted since the segment was written; others are passed over
   * @throws {LexicalError} `analyzer_mismatch`
   */
  add(id: string, segment: Segment, deleted: Iterable<number> = []): void {
    for (const [otherId, { segment: other }] of this.#segments) {
      if (otherId !== id && other.analyzer !== segment.analyzer) {
        throw new LexicalError('analyzer_mismatch', `segment ${id} is of ${segment.analyzer}, not ${other.analyzer}`);
      }
    }
    const indexed = new IndexedSegment(segment);
    for (const ordinal of deleted) indexed.delete(ordinal);
    this.#segments.set(id, indexed);
    this.#statistics = undefined;
  }

  remove(id: string): boolean {
    this.#statistics = undefined;
    return this.#segments.delete(id);
  }

  /** Hides documents at once. Returns how many were there and alive. */
  delete(ordinals: Iterable<number>): number {
    let count = 0;
    for (const ordinal of ordinals) {
      for (const segment of this.#segments.values()) if (segment.delete(ordinal)) count += 1;
    }
    this.#statistics = undefined;
    return count;
  }

  /** What the segments take in memory, shared bytes included. */
  get sizeBytes(): number {
    let sum = 0;
    for (const segment of this.#segments.values()) sum += segment.sizeBytes;
    return sum;
  }

  statistics(): LexicalStatistics {
    this.#statistics ??= this.#count();
    return { ...this.#statistics, sizeBytes: this.sizeBytes };
  }

  /**
   * The best documents for a query; those without any of its terms are not returned.
   *
   * @throws {LexicalError} `invalid_option`; `corrupt_segment` if bytes changed after opening
   */
  search(query: string, options: LexicalSearchOptions = {}): LexicalHit[] {
    const { k = 10, accept, allowed } = options;
    if (!Number.isInteger(k) || k < 1 || k > mostResults) {
      throw new LexicalError('invalid_option', `k ${k} is not a whole number from 1 to ${mostResults}`);
    }
    const segments = [...this.#segments.values()];
    const lookup = new TermLookup(segments);
    const terms = this.#weigh(query, options, lookup);
    const top = new TopDocuments(k);
    for (const index of segments.keys()) this.#searchSegment(index, terms, lookup, top, { accept, allowed });
    const found = top.ranked();
    const matched = matchTerms(found, terms, lookup);
    return found.map(({ ordinal, score }, rank) => ({ ordinal, score, terms: matched[rank]! }));
  }

  /** What a query is made of and how rare each term is, terms that no document has included. */
  terms(query: string, options: LexicalQueryOptions = {}): WeightedTerm[] {
    return this.#weigh(query, options, new TermLookup([...this.#segments.values()]));
  }

  /** Why a document has its score: what each term of the query adds. Undefined if it is not in the index. */
  explain(ordinal: number, query: string, options: LexicalQueryOptions = {}): LexicalExplanation | undefined {
    const { averageLength, documents } = this.statistics();
    for (const indexed of this.#segments.values()) {
      const document = documentOf(indexed.segment, ordinal);
      if (document < 0 || indexed.isDeleted(document)) continue;
      const terms = this.terms(query, options);
      const explained = explainDocument(indexed.segment, document, terms, averageLength, this.settings);
      return { ordinal, ...explained, documents, averageLength };
    }
    return undefined;
  }

  #weigh(query: string, { language, plain = false }: LexicalQueryOptions, lookup: TermLookup): WeightedTerm[] {
    const { documents, languages } = this.statistics();
    const byCount = Object.entries(languages).sort(([, one], [, other]) => other - one);
    const { terms } = queryTerms(
      query,
      language,
      byCount.map(([code]) => code),
      plain,
    );
    const weighted = terms.map((term) => {
      // Another language's stem is rare in this index for that reason alone.
      const own = Math.max(0, ...term.variantOf.map((each) => lookup.documents(each)));
      const count = lookup.documents(term.term);
      return { ...term, documents: count, idf: inverseDocumentFrequency(Math.min(documents, count + own), documents) };
    });
    if (weighted.length <= mostTerms) return weighted;
    return weighted.sort((one, other) => other.idf * other.weight - one.idf * one.weight).slice(0, mostTerms);
  }

  #searchSegment(
    index: number,
    terms: readonly WeightedTerm[],
    lookup: TermLookup,
    top: TopDocuments,
    { accept, allowed }: Pick<LexicalSearchOptions, 'accept' | 'allowed'>,
  ): void {
    const indexed = lookup.segments[index]!;
    const { segment } = indexed;
    const found = terms.filter(({ term }) => lookup.entries(term)[index] !== undefined);
    if (found.length === 0) return;
    const filter = allowed && allowedDocuments(allowed, segment.ordinals);
    if (allowed && !filter) return;
    const { averageLength } = this.#statistics!;
    const norms = indexed.norms(averageLength, this.settings);
    const scorers = found.map(({ term, weight, idf }) => {
      const entry = lookup.entries(term)[index]!;
      const factor = idf * weight * (this.settings.k1 + 1);
      return new TermScorer(segment, entry, factor, this.settings, norms, averageLength);
    });
    const isAllowed = (document: number): boolean =>
      !indexed.isDeleted(document) &&
      (filter === undefined || filter.isAllowed(document)) &&
      (accept === undefined || accept(segment.ordinals[document]!));
    const isOpen = !indexed.hasDeletions && filter === undefined && accept === undefined;
    const search: SegmentSearch = {
      scorers,
      documents: segment.documents,
      ordinals: segment.ordinals,
      nextAllowed: filter?.next,
      isAllowed: isOpen ? undefined : isAllowed,
      keep: (document, score) => top.add({ ordinal: segment.ordinals[document]!, score, segment: index, document }),
    };
    if (filter && filter.documents.length * fewAllowed < segment.documents) scoreAllowed(search, filter.documents, top);
    else scoreSegment(search, top);
    for (const { cursor } of scorers) cursor.release();
  }

  #count(): LexicalStatistics {
    const { weights } = this.settings;
    const languages: Record<string, number> = {};
    let documents = 0;
    let deletedDocuments = 0;
    const lengths = { title: 0, headings: 0, text: 0 };
    for (const { segment, liveDocuments, liveLengths } of this.#segments.values()) {
      documents += liveDocuments;
      deletedDocuments += segment.documents - liveDocuments;
      lengths.title += liveLengths.title;
      lengths.headings += liveLengths.headings;
      lengths.text += liveLengths.text;
      for (const each of segment.languages) languages[each.language] = (languages[each.language] ?? 0) + each.documents;
    }
    const words = weights.title * lengths.title + weights.headings * lengths.headings + weights.text * lengths.text;
    const averageLength = documents === 0 ? 0 : words / documents;
    return { segments: this.#segments.size, documents, deletedDocuments, averageLength, languages, sizeBytes: 0 };
  }
}
