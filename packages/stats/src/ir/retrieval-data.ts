/** One document a system returned for a query. Higher scores rank first; the unit is the system's own. */
export interface ScoredDocument {
  readonly documentId: string;
  readonly score: number;
}

/** What a system returned: query id → documents, in any order. */
export type Run = ReadonlyMap<string, readonly ScoredDocument[]>;

/**
 * What people judged: query id → document id → grade.
 * 0 is judged not relevant, 1 and above relevant in growing degree, below 0 in the pool and not judged.
 */
export type Qrels = ReadonlyMap<string, ReadonlyMap<string, number>>;
