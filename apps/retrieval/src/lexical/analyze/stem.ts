import { createStemmer, type IsoCode } from 'multilingual-stemmer';
import { scriptOfLanguage } from './detect-language.ts';
import { foldAccents } from './fold.ts';
import type { Script } from './script.ts';

const stemmed: ReadonlySet<string> = new Set<IsoCode>([
  'ar',
  'hy',
  'eu',
  'ca',
  'cs',
  'da',
  'nl',
  'en',
  'et',
  'fi',
  'fr',
  'de',
  'el',
  'hi',
  'hu',
  'id',
  'ga',
  'it',
  'lt',
  'ne',
  'no',
  'fa',
  'pl',
  'pt',
  'ro',
  'ru',
  'sr',
  'es',
  'sv',
  'ta',
  'tr',
  'yi',
]);
/** Words of another script than the text's: English names in a Chinese text, Russian ones in an English text. */
const languageOfForeignWord: Readonly<Partial<Record<Script, string>>> = {
  latin: 'en',
  cyrillic: 'ru',
  greek: 'el',
  arabic: 'ar',
  devanagari: 'hi',
};
const longestStemmed = 40;
const stemmers = new Map<string, (word: string) => string>();

/** The language whose rules hold for a word: the text's, if it is written in the word's script; '' for no rules. */
export function languageOfWord(script: Script, textLanguage: string | undefined): string {
  if (textLanguage !== undefined && scriptOfLanguage(textLanguage) === script) {
    return stemmed.has(textLanguage) ? textLanguage : '';
  }
  return languageOfForeignWord[script] ?? '';
}

/** The index term of a lower-case word: stemmed (Snowball 3.1) unless it has digits, then without accents. */
export function termOf(word: string, language: string): string {
  if (!stemmed.has(language) || word.length > longestStemmed || /\p{N}/u.test(word)) return foldAccents(word);
  let stem = stemmers.get(language);
  if (stem === undefined) {
    stem = createStemmer(language as IsoCode);
    stemmers.set(language, stem);
  }
  return foldAccents(stem(word)) || foldAccents(word) || word;
}
