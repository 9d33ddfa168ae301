import type { LexicalMatch } from './lexical-index.ts';

/** How a protected text is in another. */
export interface PairVerdict {
  readonly kind: 'near' | 'embedding';
  /** Of the words that are shared, or the cosine. */
  readonly similarity: number;
}

/**
 * Logistic models over what a pair shares, fitted on one half of planted paraphrases and clean rows of four public sets and
 * checked on the other (bench/contamination). `least` is the log-odds that 97.5% of the first half's leaks reach.
 */
const lexical = { grams: 5.534, words: 13.079, reverse: 2.127, bias: -12.269, least: 2.2 };
const withMeaning = { grams: 2.345, words: 14.021, reverse: 0.369, cosine: 5.032, bias: -13.418, least: 2.4 };

/** Texts as close as this mean the same, whatever their words. */
const sameMeaning = 0.93;

/** Whether the pair is a leak; `cosine` is of their embeddings, where there are some. */
export function judgePair({ grams, words, reverse }: LexicalMatch, cosine?: number): PairVerdict | undefined {
  const odds = lexical.grams * grams + lexical.words * words + lexical.reverse * reverse + lexical.bias;
  const near = { kind: 'near', similarity: Math.min(1, Math.max(grams, words)) } as const;
  if (cosine === undefined) return odds >= lexical.least ? near : undefined;
  const model = withMeaning;
  const together =
    model.grams * grams + model.words * words + model.reverse * reverse + model.cosine * cosine + model.bias;
  if (together < model.least && cosine < sameMeaning) return undefined;
  return odds >= lexical.least ? near : { kind: 'embedding', similarity: cosine };
}
