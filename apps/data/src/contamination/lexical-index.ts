import { hashWord } from '../duplicates/index.ts';
import { FuzzyWords } from './fuzzy-words.ts';
import { leakWords } from './leak-words.ts';

export interface LexicalMatch {
  /** The number of the protected text. */
  readonly row: number;
  /** How much of the protected text's 4-grams is in the other, 0..1, weighed by how rare they are. */
  readonly grams: number;
  /** As much of its words, slips forgiven. */
  readonly words: number;
  /** How much of the other is in the protected text, unweighed. */
  readonly reverse: number;
}

const gramLength = 4;
/** Parts in more texts than this bring no candidates; they count once a candidate is there. */
const mostPostings = 2_000;

const leastGrams = 0.3;

/**
 * Finds which of the protected texts stand in another, changed: an inverted index over the character 4-grams of words,
 * so that typos, casing, order, and text around it hardly matter. Exact but for very common grams. Some 1 kB a text.
 */
export class LexicalIndex {
  readonly #postings = new Map<number, number[]>();
  readonly #wordRows = new Map<string, number>();
  readonly #grams: Uint32Array[] = [];
  readonly #words: string[][] = [];
  #gramWeights: (Float32Array | undefined)[] = [];
  #scores = new Float32Array();

  /** Texts are numbered in the order they come. */
  add(text: string): void {
    const words = [...new Set(leakWords(text))];
    const grams = gramsOf(words);
    const row = this.#grams.push(grams) - 1;
    this.#words.push(words);
    for (const word of words) this.#wordRows.set(word, (this.#wordRows.get(word) ?? 0) + 1);
    for (const gram of grams) {
      const rows = this.#postings.get(gram);
      if (rows) rows.push(row);
      else this.#postings.set(gram, [row]);
    }
  }

  /** The protected texts that may be in `text`: those that share most with it, and those of `also`. */
  search(text: string, count: number, also: readonly number[] = []): LexicalMatch[] {
    const words = [...new Set(leakWords(text))];
    const found = { grams: new Set(gramsOf(words)), words: new FuzzyWords(words) };
    const matches: LexicalMatch[] = [];
    for (const row of new Set([...this.#candidates(found.grams, count), ...also])) {
      const grams = this.#gramShare(row, found.grams);
      // Words take long to compare; where so few 4-grams agree, slips will not make up for it.
      if (grams < leastGrams) matches.push({ row, grams, words: grams, reverse: 0 });
      else
        matches.push({
          row,
          grams,
          words: this.#wordShare(row, found.words),
          reverse: this.#reverse(row, found.grams),
        });
    }
    return matches;
  }

  #candidates(grams: Iterable<number>, count: number): number[] {
    if (this.#scores.length !== this.#grams.length) {
      this.#scores = new Float32Array(this.#grams.length);
      this.#gramWeights = [];
    }
    const touched: number[] = [];
    for (const gram of grams) {
      const rows = this.#postings.get(gram);
      if (!rows || rows.length > mostPostings) continue;
      const weight = this.#weight(rows.length);
      for (const row of rows) {
        if (this.#scores[row] === 0) touched.push(row);
        this.#scores[row]! += weight;
      }
    }
    // Shared weight alone would favour long texts.
    for (const row of touched) this.#scores[row]! /= this.#grams[row]!.length;
    const best = topBy(touched, (row) => this.#scores[row]!, count);
    for (const row of touched) this.#scores[row] = 0;
    return best;
  }

  #gramShare(row: number, found: ReadonlySet<number>): number {
    const grams = this.#grams[row]!;
    const weights = this.#weightsOf(row, grams);
    let shared = 0;
    for (const [at, gram] of grams.entries()) if (found.has(gram)) shared += weights[at]!;
    return weights.at(-1) === 0 ? 0 : shared / weights.at(-1)!;
  }

  /** Of each 4-gram of a text, and their sum; kept, since a text that is found once is found again. */
  #weightsOf(row: number, grams: Uint32Array): Float32Array {
    const known = this.#gramWeights[row];
    if (known) return known;
    const weights = new Float32Array(grams.length + 1);
    let total = 0;
    for (const [at, gram] of grams.entries()) {
      weights[at] = this.#weight(this.#postings.get(gram)!.length);
      total += weights[at]!;
    }
    weights[grams.length] = total;
    this.#gramWeights[row] = weights;
    return weights;
  }

  #wordShare(row: number, found: FuzzyWords): number {
    let [shared, total] = [0, 0];
    for (const word of this.#words[row]!) {
      const weight = this.#weight(this.#wordRows.get(word)!);
      total += weight;
      shared += weight * found.match(word);
    }
    return total === 0 ? 0 : shared / total;
  }

  #reverse(row: number, found: ReadonlySet<number>): number {
    let shared = 0;
    for (const gram of this.#grams[row]!) if (found.has(gram)) shared++;
    return found.size === 0 ? 0 : shared / found.size;
  }

  #weight(rows: number): number {
    return Math.log(1 + this.#grams.length / rows);
  }
}

/** The different character 4-grams of each word with its ends marked; a shorter word is one. */
function gramsOf(words: readonly string[]): Uint32Array {
  const grams = new Set<number>();
  for (const word of words) {
    const marked = `_${word}_`;
    if (marked.length <= gramLength) grams.add(hashWord(marked));
    for (let at = 0; at + gramLength <= marked.length; at++) grams.add(hashWord(marked.slice(at, at + gramLength)));
  }
  return Uint32Array.from(grams);
}

/** In one pass: most of the rows that share anything share next to nothing. */
function topBy(rows: readonly number[], score: (row: number) => number, count: number): number[] {
  const best: { row: number; score: number }[] = [];
  for (const row of rows) {
    const own = score(row);
    if (best.length === count && own <= best.at(-1)!.score) continue;
    let at = best.length;
    while (at > 0 && best[at - 1]!.score < own) at--;
    best.splice(at, 0, { row, score: own });
    if (best.length > count) best.pop();
  }
  return best.map(({ row }) => row);
}
