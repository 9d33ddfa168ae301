const letters: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ł: 'l',
  ħ: 'h',
  ı: 'i',
  ŋ: 'n',
  ſ: 's',
  ς: 'σ',
  // Arabic spellings that writers use for one another.
  آ: 'ا',
  أ: 'ا',
  إ: 'ا',
  ٱ: 'ا',
  ى: 'ي',
  ی: 'ي',
  ک: 'ك',
  ة: 'ه',
};
const special = new RegExp(`[${Object.keys(letters).join('')}]`, 'gu');
// Marks of Latin, Greek and Cyrillic, Hebrew points, Arabic vowels and tatweel. Not those of Indic scripts or kana: they are letters.
const marks = /[\u0300-\u036f\u0591-\u05c7\u064b-\u065f\u0670\u0640]/gu;
// biome-ignore lint/suspicious/noControlCharactersInRegex: it is about what is not ASCII
const ascii = /^[\x00-\x7f]*$/;

/** A lower-case word without accents, vowel points and spelling variants. ASCII words come back as they are. */
export function foldAccents(word: string): string {
  if (ascii.test(word)) return word;
  return word
    .replace(special, (letter) => letters[letter]!)
    .normalize('NFD')
    .replace(marks, '')
    .normalize('NFC');
}
