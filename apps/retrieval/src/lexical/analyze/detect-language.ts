import { type Script, scriptOf } from './script.ts';
import { functionWords } from './stopwords.ts';

/** Enough to tell a language by its function words; the rest of a long text costs time and says the same. */
const sampleLength = 2000;
/** A text has one function word in three; where it is one in thirty, names and code look like some language's. */
const leastShare = 1 / 30;
/** By the dominant script alone, where function words say nothing. */
const languageOfScript: Readonly<Partial<Record<Script, string>>> = {
  latin: 'en',
  cyrillic: 'ru',
  greek: 'el',
  arabic: 'ar',
  devanagari: 'hi',
  hangul: 'ko',
};
const letter = /[\p{L}\p{M}]+/gu;

const languagesByWord = new Map<string, string[]>();
for (const [language, words] of Object.entries(functionWords)) {
  for (const word of new Set(words.map((each) => each.normalize('NFC').toLowerCase()))) {
    const languages = languagesByWord.get(word);
    if (languages) languages.push(language);
    else languagesByWord.set(word, [language]);
  }
}

/** The script a language is written in, of those that have a detector or a stemmer. */
export function scriptOfLanguage(language: string): Script {
  if (['zh', 'ja'].includes(language)) return 'cjk';
  if (language === 'ko') return 'hangul';
  if (['th', 'lo', 'km', 'my'].includes(language)) return 'southeast';
  if (['ru', 'bg', 'uk', 'sr', 'be', 'mk'].includes(language)) return 'cyrillic';
  if (['ar', 'fa', 'ur'].includes(language)) return 'arabic';
  if (['hi', 'ne', 'mr'].includes(language)) return 'devanagari';
  if (language === 'el') return 'greek';
  if (['ta', 'yi', 'hy', 'he'].includes(language)) return 'other';
  return 'latin';
}

/**
 * The language of a text as ISO 639-1, told by script and then by function words; undefined where nothing speaks for
 * one. Latin script without any known function word is taken for English.
 *
 * @param among when given, only these are considered, the most usual first: for a query, the languages of what is
 *   searched
 */
export function detectLanguage(text: string, among?: readonly string[]): string | undefined {
  const sample = text.slice(0, sampleLength).normalize('NFKC').toLowerCase();
  const script = dominantScript(sample);
  if (script === undefined) return undefined;
  if (script === 'southeast') return southeastLanguage(sample);
  if (script === 'cjk') return /[\u3041-\u30ff]/.test(sample) ? 'ja' : 'zh';
  const usual = among?.find((language) => scriptOfLanguage(language) === script) ?? languageOfScript[script];
  return languageByWords(sample, script, usual, among) ?? usual;
}

function languageByWords(
  sample: string,
  script: Script,
  usual: string | undefined,
  among: readonly string[] = [],
): string | undefined {
  const scores = new Map<string, number>();
  let words = 0;
  for (const [word] of sample.matchAll(letter)) {
    words += 1;
    const languages = languagesByWord.get(word);
    if (!languages) continue;
    for (const language of languages) scores.set(language, (scores.get(language) ?? 0) + 1 / languages.length);
  }
  let best: string | undefined;
  for (const [language, score] of scores) {
    if (scriptOfLanguage(language) !== script || (among.length > 0 && !among.includes(language))) continue;
    const most = best === undefined ? 0 : scores.get(best)!;
    // The usual language wins ties, so that a word of several does not make a text of a rare one.
    if (score > most || (score === most && language === usual)) best = language;
  }
  return best !== undefined && scores.get(best)! > words * leastShare ? best : undefined;
}

/** One Han, kana or Thai letter carries about as much as half a Latin word, so it counts for two letters. */
function dominantScript(sample: string): Script | undefined {
  const counts = new Map<Script, number>();
  for (const [word] of sample.slice(0, 400).matchAll(letter)) {
    for (const character of word) {
      const script = scriptOf(character.codePointAt(0)!);
      counts.set(script, (counts.get(script) ?? 0) + (script === 'cjk' ? 2 : 1));
    }
  }
  let best: Script | undefined;
  for (const [script, count] of counts) if (best === undefined || count > counts.get(best)!) best = script;
  return best;
}

function southeastLanguage(sample: string): string {
  if (/[\u0e80-\u0eff]/.test(sample)) return 'lo';
  if (/[\u1780-\u17ff]/.test(sample)) return 'km';
  return /[\u1000-\u109f]/.test(sample) ? 'my' : 'th';
}
