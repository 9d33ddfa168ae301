import { shippedWords } from './shipped-words.ts';

/**
 * Finds the first listed word or phrase in a text: whole words only, whatever their case and accents stay. `extra` is
 * looked for beside the shipped lists.
 */
export function wordFinder(extra: readonly string[]): (text: string) => string | undefined {
  const byFirst = new Map<string, string[][]>();
  const signs: string[] = [];
  for (const entry of [...shippedWords, ...extra]) {
    const words = split(entry);
    // An emoji has no words.
    if (words.length === 0) signs.push(entry.trim());
    else byFirst.set(words[0]!, [...(byFirst.get(words[0]!) ?? []), words]);
  }
  const listed = signs.filter((sign) => sign !== '');
  return (text) => {
    const words = split(text);
    for (const [at, word] of words.entries()) {
      const phrase = byFirst.get(word)?.find((each) => each.every((part, offset) => words[at + offset] === part));
      if (phrase) return phrase.join(' ');
    }
    return listed.find((sign) => text.includes(sign));
  };
}

const split = (text: string): string[] =>
  text
    .normalize('NFC')
    .toLowerCase()
    .match(/[\p{L}\p{N}]+/gu) ?? [];
