import { type AnalyzedTerm, analyze } from '../lexical/index.ts';
import type { RerankCandidate, RerankTerm } from './candidate.ts';

/** Words, stop words not counted: about two sentences. */
const windowWords = 20;
/** Nothing beyond is looked at: a chunk is shorter, and a text of a megabyte must not hold up the service. */
const mostCharacters = 20_000;

export interface TextFeatures {
  /** The most of the query's terms, by rarity, that stand within twenty words of each other: 0 to 1. */
  readonly window: number;
  /** The query's neighbouring terms, by rarity, that are neighbours in the text too: 0 to 1. */
  readonly pairs: number;
}

/** Compares texts with one query, by what BM25 does not see: which of the terms stand together. */
export class TextMatcher {
  readonly #weights: ReadonlyMap<string, number>;
  readonly #total: number;
  /** First term → second term → weight. */
  readonly #pairs = new Map<string, Map<string, number>>();
  readonly #pairsTotal: number;

  constructor(terms: readonly RerankTerm[]) {
    const used = terms.filter(({ weight, idf }) => weight > 0 && idf > 0);
    // A word said twice is looked for once.
    this.#weights = new Map(used.map(({ term, weight, idf }) => [term, Math.min(1, weight) * idf]));
    this.#total = sum(this.#weights.values());
    let pairsTotal = 0;
    for (const [index, { term: second }] of used.entries()) {
      const first = used[index - 1]?.term;
      if (first === undefined) continue;
      const weight = this.#weights.get(first)! + this.#weights.get(second)!;
      this.#pairs.set(first, (this.#pairs.get(first) ?? new Map<string, number>()).set(second, weight));
      pairsTotal += weight;
    }
    this.#pairsTotal = pairsTotal;
  }

  features({ title = '', headingPath = [], text, language }: RerankCandidate): TextFeatures {
    if (this.#total === 0) return { window: 0, pairs: 0 };
    const joined = [title, ...headingPath, text].filter((part) => part !== '').join('\n');
    const found = analyze(joined.slice(0, mostCharacters), language).filter(({ term }) => this.#weights.has(term));
    return {
      window: Math.min(1, this.#bestWindow(found) / this.#total),
      pairs: this.#pairsTotal === 0 ? 0 : Math.min(1, this.#pairsFound(found) / this.#pairsTotal),
    };
  }

  #bestWindow(found: readonly AnalyzedTerm[]): number {
    const counts = new Map<string, number>();
    let start = 0;
    let covered = 0;
    let best = 0;
    for (const { term, position } of found) {
      const count = counts.get(term) ?? 0;
      counts.set(term, count + 1);
      if (count === 0) covered += this.#weights.get(term)!;
      while (found[start]!.position <= position - windowWords) {
        const left = found[start]!.term;
        const rest = counts.get(left)! - 1;
        counts.set(left, rest);
        if (rest === 0) covered -= this.#weights.get(left)!;
        start += 1;
      }
      best = Math.max(best, covered);
    }
    return best;
  }

  #pairsFound(found: readonly AnalyzedTerm[]): number {
    const at = new Map<number, string[]>();
    for (const { term, position } of found) {
      const terms = at.get(position);
      if (terms) terms.push(term);
      else at.set(position, [term]);
    }
    const seen = new Map<string, number>();
    for (const { term, position } of found) {
      const seconds = this.#pairs.get(term);
      if (!seconds) continue;
      for (const next of at.get(position + 1) ?? []) {
        const weight = seconds.get(next);
        if (weight !== undefined) seen.set(`${term} ${next}`, weight);
      }
    }
    return sum(seen.values());
  }
}

function sum(values: Iterable<number>): number {
  let total = 0;
  for (const value of values) total += value;
  return total;
}
