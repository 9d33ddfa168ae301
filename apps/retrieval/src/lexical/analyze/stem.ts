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
/** A text has few different words; a table that grew past this holds noise and starts again. */
const cacheSize = 100_000;

/** Words to terms, in one language, remembered: a stemmer call costs 20 look-ups. */
class TermTable {
  readonly #terms = new Map<string, string>();
  readonly #stem: ((word: string) => string) | undefined;

  constructor(language: string) {
    this.#stem = stemmed.has(language) ? createStemmer(language as IsoCode) : undefined;
  }

  term(word: string): string {
    const known = this.#terms.get(word);
    if (known !== undefined) return known;
    if (this.#terms.size >= cacheSize) this.#terms.clear();
    const term = this.#make(word);
    this.#terms.set(word, term);
    return term;
  }

  #make(word: string): string {
    if (this.#stem === undefined || word.length > longestStemmed || /\p{N}/u.test(word)) return foldAccents(word);
    return foldAccents(this.#stem(word)) || foldAccents(word) || word;
  }
}

const tables = new Map<string, TermTable>();

/** The language whose rules hold for a word: the text's, if it is written in the word's script; '' for no rules. */
export function languageOfWord(script: Script, textLanguage: string | undefined): string {
  if (textLanguage !== undefined && scriptOfLanguage(textLanguage) === script) {
    return stemmed.has(textLanguage) ? textLanguage : '';
  }
  return languageOfForeignWord[script] ?? '';
}

/** The index term of a lower-case word: stemmed (Snowball 3.1), then without accents. */
export function termOf(word: string, language: string): string {
  let table = tables.get(language);
  if (table === undefined) {
    table = new TermTable(language);
    tables.set(language, table);
  }
  return table.term(word);
}
