export interface TextPart {
  text: string;
  isMatch: boolean;
}

/** A text cut at the words that begin with one of the terms; terms are as the index has them: lower-case, stemmed or not. */
export function matchedParts(text: string, terms: readonly string[]): TextPart[] {
  const found = terms.filter((term) => term.length > 1).map((term) => term.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  if (found.length === 0) return [{ text, isMatch: false }];
  const pattern = new RegExp(`(?<![\\p{L}\\p{N}])((?:${found.join('|')})[\\p{L}\\p{N}]*)`, 'giu');
  return text
    .split(pattern)
    .map((part, index) => ({ text: part, isMatch: index % 2 === 1 }))
    .filter((part) => part.text !== '');
}

/** A chunk's text for a few lines: without the rules of tables and the empty lines, which say nothing there. */
export const excerptOf = (text: string): string =>
  text
    .split('\n')
    .filter((line) => !/^[\s|:+=-]*$/.test(line))
    .join('\n');
