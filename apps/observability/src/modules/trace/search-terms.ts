/**
 * Words as 32-bit hashes: what the GIN index over `calls.terms` holds. Postgres's own means do not serve here: pg_trgm
 * knows no letters but ASCII in the C locale and finds no word of two characters, which most Chinese words are.
 * Scripts written without spaces are cut into pairs of characters; a hash collision costs a superfluous hit in 2^32.
 */
const maxTerms = 1_000;
const maxWordLength = 64;
const ascii = /^[\0-\x7f]*$/;
const asciiWord = /[a-z0-9_]+/g;
const word = /[\p{L}\p{N}\p{M}_]+/gu;
const unspaced =
  /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Hangul}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}ー]+/gu;

/** The distinct terms of a text, at most 1,000, those of its beginning. */
export function termsOf(text: string): number[] {
  const terms = new Set<number>();
  for (const run of wordsOf(text)) {
    if (terms.size >= maxTerms) break;
    if (typeof run === 'string') terms.add(hash(run));
    else {
      for (let i = 0; i < run.length; i += 1) {
        terms.add(hash(run[i]!));
        if (i > 0) terms.add(hash(run[i - 1]! + run[i]!));
      }
    }
  }
  return [...terms];
}

/** The terms that a text must have for every word of the query to occur in it. */
export function queryTermsOf(query: string): number[] {
  const terms = new Set<number>();
  for (const run of wordsOf(query)) {
    if (typeof run === 'string') terms.add(hash(run));
    else if (run.length === 1) terms.add(hash(run[0]!));
    else for (let i = 1; i < run.length; i += 1) terms.add(hash(run[i - 1]! + run[i]!));
  }
  return [...terms];
}

/** Words; of unspaced scripts the characters of each run. */
function* wordsOf(text: string): Generator<string | string[]> {
  if (ascii.test(text)) {
    for (const [match] of text.toLowerCase().matchAll(asciiWord)) yield match.slice(0, maxWordLength);
    return;
  }
  for (const [match] of text.normalize('NFKC').toLowerCase().matchAll(word)) {
    let end = 0;
    for (const run of match.matchAll(unspaced)) {
      if (run.index > end) yield match.slice(end, run.index).slice(0, maxWordLength);
      yield [...run[0]];
      end = run.index + run[0].length;
    }
    if (end < match.length) yield match.slice(end).slice(0, maxWordLength);
  }
}

/** FNV-1a over UTF-16 units, finished with a mix: short words differ in few bits. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let i = 0; i < text.length; i += 1) value = Math.imul(value ^ text.charCodeAt(i), 0x01000193);
  value = Math.imul(value ^ (value >>> 15), 0x2c1b3c6d);
  return (value ^ (value >>> 13)) | 0;
}
