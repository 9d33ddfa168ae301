/**
 * What a term stands for at its position.
 * - `word`: a word of the text; only these count towards a document's length
 * - `whole`: an identifier, number or hyphenated word as one term (`max_retries` → `maxretries`)
 * - `part`: a piece of one word (`maxRetries` → `max`, `retries`)
 * - `plain`: a word as somebody types it who leaves accents out
 * - `gram`: two neighbouring characters of a script without spaces, so that recall does not hang on the segmenter
 * - `character`: one Han character, for queries of a single one
 */
export type TermKind = 'word' | 'whole' | 'part' | 'plain' | 'gram' | 'character';

export interface AnalyzedTerm {
  readonly term: string;
  /** Words before it in the text. Terms of other kinds share the position of their first word. */
  readonly position: number;
  readonly kind: TermKind;
}

/** Called for each term, words in the order of positions. */
export type EmitTerm = (term: string, position: number, kind: TermKind) => void;

/** Longer runs of letters are base64 or noise; what is left is enough to find them. */
const longestWord = 128;

/** A word no longer than a term may be, and never half a surrogate pair, which has no UTF-8. */
export const cutWord = (word: string): string =>
  word.length <= longestWord ? word : word.slice(0, longestWord).replace(/[\ud800-\udbff]$/, '');
