const shortestFuzzy = 4;

/** Whether a word is another with a slip: a letter too many, too few, wrong, or two swapped; two slips from 8 letters. */
export function isSlip(a: string, b: string): boolean {
  if (a.length < shortestFuzzy || b.length < shortestFuzzy || /\d/.test(a)) return false;
  const most = Math.min(a.length, b.length) >= 8 ? 2 : 1;
  if (Math.abs(a.length - b.length) > most) return false;
  return editDistance(a, b, most) <= most;
}

/** Damerau-Levenshtein distance (optimal string alignment), or more than `most`. */
function editDistance(a: string, b: string, most: number): number {
  let [before, last] = [[] as number[], Array.from({ length: b.length + 1 }, (_, at) => at)];
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    let least = i;
    for (let j = 1; j <= b.length; j++) {
      const changed = last[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      let distance = Math.min(changed, last[j]! + 1, row[j - 1]! + 1);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        distance = Math.min(distance, before[j - 2]! + 1);
      row.push(distance);
      least = Math.min(least, distance);
    }
    if (least > most) return most + 1;
    [before, last] = [last, row];
  }
  return last[b.length]!;
}

/** A text's words, looked up exactly and with slips. */
export class FuzzyWords {
  readonly #words: ReadonlySet<string>;
  readonly #byLength = new Map<number, string[]>();

  constructor(words: readonly string[]) {
    this.#words = new Set(words);
    for (const word of this.#words) {
      const alike = this.#byLength.get(word.length);
      if (alike) alike.push(word);
      else this.#byLength.set(word.length, [word]);
    }
  }

  /** 1 for the word itself, 0.9 for a slip of it, 0.7 for another ending, else 0. */
  match(word: string): number {
    if (this.#words.has(word)) return 1;
    if (word.length < shortestFuzzy) return 0;
    let best = 0;
    for (let length = word.length - 3; length <= word.length + 3; length++) {
      for (const other of this.#byLength.get(length) ?? []) {
        if (isSlip(word, other)) return 0.9;
        if (sameStem(word, other)) best = 0.7;
      }
    }
    return best;
  }
}

/** `establish` and `established`: all but at most three letters at the ends, five at least. */
function sameStem(a: string, b: string): boolean {
  const least = Math.max(5, Math.max(a.length, b.length) - 3);
  return a.length >= least && b.length >= least && a.slice(0, least) === b.slice(0, least);
}
