/** A term of the query, as `LexicalIndex.terms` gives it. */
export interface RerankTerm {
  readonly term: string;
  /** Occurrences in the query times the weight of the term's kind; terms at 0 are passed over. */
  readonly weight: number;
  /** How rare the term is in the whole index, 0 or more. */
  readonly idf: number;
}

export interface RerankQuery {
  readonly terms: readonly RerankTerm[];
}

export interface RerankCandidate {
  readonly ordinal: number;
  /** Of the fusion, more is better, any scale. */
  readonly score: number;
  readonly title?: string | undefined;
  readonly headingPath?: readonly string[] | undefined;
  readonly text: string;
  /** ISO 639-1 of the text; detected when left out. */
  readonly language?: string | undefined;
  /** Stored vectors by embedder, scaled to length 1. Where there are none, `centroid` is 0. */
  readonly vectors?: Readonly<Record<string, ArrayLike<number>>> | undefined;
}
