import type { Script } from './script.ts';
import { cutWord, type EmitTerm } from './token.ts';

const segmenters = new Map<string, Intl.Segmenter>();
const han = /\p{Script=Han}/u;

function segmenterFor(locale: string): Intl.Segmenter {
  let segmenter = segmenters.get(locale);
  if (segmenter === undefined) {
    segmenter = new Intl.Segmenter(locale, { granularity: 'word' });
    segmenters.set(locale, segmenter);
  }
  return segmenter;
}

/**
 * Terms of a run of letters without spaces: words of ICU's dictionary, and every two neighbouring characters, since two
 * segmentations of one phrase rarely agree. Korean has spaces: the word with its particles, and pairs, which find it
 * without. In Thai, Lao, Khmer and Burmese a character is a letter with its marks.
 *
 * @returns how many words there were
 */
export function emitUnspaced(run: string, script: Script, position: number, emit: EmitTerm): number {
  if (script === 'southeast') return emitSoutheast(run, position, emit);
  const characters = Array.from(run);
  if (script === 'hangul') {
    emit(cutWord(run), position, 'word');
    if (characters.length > 2) emitGrams(characters, () => position, new Set(), emit);
    return 1;
  }
  const wordOf = new Int32Array(characters.length);
  const starts = new Set<number>();
  let words = 0;
  let offset = 0;
  for (const { segment, isWordLike } of segmenterFor('zh').segment(run)) {
    const length = Array.from(segment).length;
    wordOf.fill(position + words, offset, offset + length);
    if (isWordLike !== false) {
      emit(cutWord(segment), position + words, 'word');
      if (length === 2) starts.add(offset);
      if (length > 1) emitCharacters(characters, offset, length, position + words, emit);
      words += 1;
    }
    offset += length;
  }
  emitGrams(characters, (index) => wordOf[index]!, starts, emit);
  return words;
}

function emitSoutheast(run: string, position: number, emit: EmitTerm): number {
  // NFKC takes Thai and Lao AM apart, which the dictionary has as one.
  const composed = run.replace(/\u0e4d\u0e32/g, '\u0e33').replace(/\u0ecd\u0eb2/g, '\u0eb3');
  let words = 0;
  for (const { segment, isWordLike } of segmenterFor('th').segment(composed)) {
    if (isWordLike === false) continue;
    emit(cutWord(segment), position + words, 'word');
    words += 1;
  }
  emitGrams(composed.match(/.\p{M}*/gsu) ?? [], () => position, new Set(), emit);
  return words;
}

/** `known`: where a word of two characters begins, whose pair is a term already. */
function emitGrams(
  characters: readonly string[],
  positionOf: (index: number) => number,
  known: ReadonlySet<number>,
  emit: EmitTerm,
): void {
  for (let index = 0; index + 1 < characters.length; index += 1) {
    if (!known.has(index)) emit(characters[index]! + characters[index + 1]!, positionOf(index), 'gram');
  }
}

function emitCharacters(
  characters: readonly string[],
  offset: number,
  length: number,
  position: number,
  emit: EmitTerm,
): void {
  for (let index = offset; index < offset + length; index += 1) {
    if (han.test(characters[index]!)) emit(characters[index]!, position, 'character');
  }
}
