import type { LexicalMatch } from './lexical-index.ts';

/** How a protected text is in another. */
export interface PairVerdict {
  readonly kind: 'near' | 'embedding';
  /** Of the words that are shared, or the cosine. */
  readonly similarity: number;
}

/**
 * Logistic models over what a pair shares, fitted on one half of planted paraphrases and clean rows of four public sets and
 * checked on the other (bench/contamination, `--fit`). `least` is the log-odds that 97% of the first half's leaks reach.
 */
const lexical = { grams: 4.755, words: 12.662, reverse: 2.286, bias: -11.912, least: 2.16 };
const withMeaning = { grams: 2.214, words: 13.522, reverse: 0.305, cosine: 4.957, bias: -13.263, least: 2.33 };

/** Texts as close as this mean the same, whatever their words. */
const sameMeaning = 0.93;

/** Whether the pair is a leak; `cosine` is of their embeddings, where there are some. */
export function judgePair({ grams, words, reverse }: LexicalMatch, cosine?: number): PairVerdict | undefined {
  const odds = lexical.grams * grams + lexical.words * words + lexical.reverse * reverse + lexical.bias;
  const near = { kind: 'near', similarity: Math.min(1, Math.max(grams, words)) } as const;
  // Embeddings find more, never fewer.
  if (odds >= lexical.least) return near;
  if (cosine === undefined) return undefined;
  const model = withMeaning;
  const together =
    model.grams * grams + model.words * words + model.reverse * reverse + model.cosine * cosine + model.bias;
  return together >= model.least || cosine >= sameMeaning ? { kind: 'embedding', similarity: cosine } : undefined;
}
