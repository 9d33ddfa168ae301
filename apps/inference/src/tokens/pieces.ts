/** Tokens of a word: ids, and where each ends in the word, in UTF-16 code units. */
export interface Pieces {
  readonly ids: readonly number[];
  readonly ends: readonly number[];
}

/** Cuts a normalised word without blanks into tokens. */
export type PieceModel = (word: string) => Pieces;
