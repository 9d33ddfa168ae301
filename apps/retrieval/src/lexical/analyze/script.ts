/** Scripts that are treated differently; `other` is every one with spaces and no stemmer of ours. */
export type Script =
  | 'latin'
  | 'cyrillic'
  | 'greek'
  | 'arabic'
  | 'devanagari'
  | 'cjk'
  | 'hangul'
  | 'southeast'
  | 'other';

const ranges: readonly (readonly [from: number, to: number, script: Script])[] = [
  [0x0030, 0x024f, 'latin'],
  [0x0250, 0x02ff, 'latin'],
  [0x0370, 0x03ff, 'greek'],
  [0x0400, 0x052f, 'cyrillic'],
  [0x0600, 0x077f, 'arabic'],
  [0x08a0, 0x08ff, 'arabic'],
  [0x0900, 0x097f, 'devanagari'],
  [0x0e00, 0x0e7f, 'southeast'], // Thai
  [0x0e80, 0x0eff, 'southeast'], // Lao
  [0x1000, 0x109f, 'southeast'], // Burmese
  [0x1100, 0x11ff, 'hangul'],
  [0x1780, 0x17ff, 'southeast'], // Khmer
  [0x1e00, 0x1eff, 'latin'],
  [0x1f00, 0x1fff, 'greek'],
  [0x2e80, 0x2fdf, 'cjk'],
  [0x3005, 0x3007, 'cjk'],
  [0x3031, 0x312f, 'cjk'], // kana, bopomofo
  [0x3130, 0x318f, 'hangul'],
  [0x31a0, 0x31ff, 'cjk'],
  [0x3400, 0x4dbf, 'cjk'],
  [0x4e00, 0x9fff, 'cjk'],
  [0xa960, 0xa97f, 'hangul'],
  [0xaa60, 0xaa7f, 'southeast'], // Burmese, extended
  [0xac00, 0xd7ff, 'hangul'],
  [0xf900, 0xfaff, 'cjk'],
  [0xfb50, 0xfdff, 'arabic'],
  [0xfe70, 0xfeff, 'arabic'],
  [0x20000, 0x323af, 'cjk'],
];

/** The script of a letter, mark or digit. */
export function scriptOf(codePoint: number): Script {
  if (codePoint < 0x250) return 'latin';
  let low = 0;
  let high = ranges.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const [from, to, script] = ranges[middle]!;
    if (codePoint < from) high = middle - 1;
    else if (codePoint > to) low = middle + 1;
    else return script;
  }
  return 'other';
}

/** Whether words of the script are written without spaces or, in Korean, with their particles. */
export const isUnspaced = (script: Script): boolean =>
  script === 'cjk' || script === 'hangul' || script === 'southeast';

const isMark = (codePoint: number): boolean => codePoint >= 0x300 && codePoint < 0x370;

export interface ScriptRun {
  readonly text: string;
  readonly script: Script;
}

/**
 * Cuts a word where scripts with and without spaces meet (`iPhone手机`). Digits and marks stay with what is before them;
 * a run of spaced scripts has the script of its last letter, `latin` where it has none.
 */
export function scriptRuns(word: string): ScriptRun[] {
  const runs: ScriptRun[] = [];
  let start = 0;
  let index = 0;
  let current: Script | undefined;
  for (const character of word) {
    const codePoint = character.codePointAt(0)!;
    const isNeutral = codePoint < 0x3a || isMark(codePoint);
    const script = scriptOf(codePoint);
    if (current === undefined) current = script;
    else if (script !== current && (isUnspaced(script) || (isUnspaced(current) && !isMark(codePoint)))) {
      runs.push({ text: word.slice(start, index), script: current });
      start = index;
      current = script;
    } else if (!isNeutral && !isUnspaced(current)) current = script;
    index += character.length;
  }
  if (current !== undefined) runs.push({ text: word.slice(start), script: current });
  return runs;
}
