/** Words as near duplicates are compared by: lower case, accents kept, a Chinese, Japanese or Thai character each. */
export function wordsOf(text: string): string[] {
  return text.normalize('NFKC').toLowerCase().match(words) ?? [];
}

const words =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]|[\p{L}\p{N}\p{M}]+?(?=[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]|[^\p{L}\p{N}\p{M}]|$)/gu;

/** Words a shingle; two keep their order and a changed word costs two of them. */
const shingleWords = 2;

/** The different shingles of a text as 32-bit hashes. A text of one word has that; one without words has none. */
export function shinglesOf(text: string): Uint32Array {
  const hashes = wordsOf(text).map(hashWord);
  if (hashes.length < shingleWords) return Uint32Array.from(hashes);
  const shingles = new Set<number>();
  for (let at = 0; at + shingleWords <= hashes.length; at++) {
    shingles.add(mix(Math.imul(hashes[at]!, 0x85ebca6b) + hashes[at + 1]!));
  }
  return Uint32Array.from(shingles);
}

/** The different runs of `length` characters of a text's words. */
export function characterShingles(text: string, length: number): Uint32Array {
  const joined = ` ${wordsOf(text).join(' ')} `;
  const shingles = new Set<number>();
  for (let at = 0; at + length <= joined.length; at++) shingles.add(hashWord(joined.slice(at, at + length)));
  return Uint32Array.from(shingles);
}

/** FNV-1a over UTF-16 units, mixed to the last bit (MurmurHash3's end). */
export function hashWord(word: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < word.length; at++) hash = Math.imul(hash ^ word.charCodeAt(at), 0x01000193);
  return mix(hash);
}

export function mix(value: number): number {
  let hash = value ^ (value >>> 16);
  hash = Math.imul(hash, 0x85ebca6b);
  hash ^= hash >>> 13;
  hash = Math.imul(hash, 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
