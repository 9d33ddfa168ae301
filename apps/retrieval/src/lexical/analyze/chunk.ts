import { isUnspaced, scriptRuns } from './script.ts';
import { emitWhole, emitWord } from './spaced.ts';
import { cutWord, type EmitTerm } from './token.ts';
import { emitUnspaced } from './unspaced.ts';

const separator = /(_{1,2}|[.\-\u2010'\u2019,]|\+\+$|#$)/u;
const apostrophes = new Set(["'", '\u2019']);
/** What English writes after an apostrophe, and what French, Italian and Catalan write before one. */
const contractions = new Set(['s', 't', 'd', 'm', 're', 've', 'll']);
const elisions = new Set(['l', 'd', 'c', 'j', 'm', 'n', 's', 't', 'qu', 'un', 'all', 'dell', 'nell', 'dall', 'sull']);
const eliding = new Set(['fr', 'it', 'ca']);
// biome-ignore lint/suspicious/noControlCharactersInRegex: it is about what is not ASCII
const notAscii = /[^\x00-\x7f]/;

/**
 * Emits the terms of letters and digits that at most single separators part.
 *
 * @returns how many words there were
 */
export function emitChunk(word: string, language: string | undefined, position: number, emit: EmitTerm): number {
  const pieces = word.split(separator);
  let parts: string[] = [];
  let separators: string[] = [];
  for (let index = 0; index < pieces.length; index += 2) {
    const piece = pieces[index]!;
    const before = pieces[index - 1];
    if (piece === '') {
      // `C++` and `C#` are no `C`.
      if (parts.length === 1) emit(cutWord(parts[0]!).toLowerCase() + before, position, 'whole');
      continue;
    }
    if (before !== undefined && apostrophes.has(before)) {
      if (contractions.has(piece.toLowerCase()) && language === 'en') continue;
      if (eliding.has(language ?? '') && parts.length === 1 && elisions.has(parts[0]!.toLowerCase())) {
        parts = [];
        separators = [];
      }
    }
    if (parts.length > 0) separators.push(before!);
    parts.push(piece);
  }
  if (parts.length === 1) return emitRuns(parts[0]!, language, position, emit);
  return emitCompound(parts, separators, language, position, emit);
}

function emitCompound(
  parts: readonly string[],
  separators: readonly string[],
  language: string | undefined,
  position: number,
  emit: EmitTerm,
): number {
  const scripts = parts.flatMap((part) => scriptRuns(part).map(({ script }) => script));
  if (!scripts.some(isUnspaced)) emitWhole(parts, separators, scripts.at(-1)!, language, position, emit);
  let words = 0;
  for (const part of parts) words += emitRuns(part, language, position + words, emit);
  return words;
}

function emitRuns(word: string, language: string | undefined, position: number, emit: EmitTerm): number {
  if (!notAscii.test(word)) return emitWord(word, 'latin', language, position, emit);
  let words = 0;
  for (const { text, script } of scriptRuns(word)) {
    words += isUnspaced(script)
      ? emitUnspaced(text, script, position + words, emit)
      : emitWord(text, script, language, position + words, emit);
  }
  return words;
}
