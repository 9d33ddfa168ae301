import type { UnigramDefinition } from './unigram.ts';
import type { WordPieceDefinition } from './word-piece.ts';

/** What we read of a `tokenizer.json`. */
export interface TokenizerDefinition {
  readonly model: WordPieceDefinition | UnigramDefinition | { readonly type?: string };
  readonly added_tokens?: readonly { readonly id: number; readonly content: string }[];
  readonly pre_tokenizer?: { readonly type?: string; readonly pretokenizers?: readonly { readonly type?: string }[] };
}

/** A tokenizer of a kind that nobody here can read. */
export class TokenizerUnsupportedError extends Error {
  constructor(what: string) {
    super(`The tokenizer is of a kind that is not supported (${what}); WordPiece and Unigram are.`);
  }
}
