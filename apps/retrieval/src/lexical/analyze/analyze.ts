import { detectLanguage } from './detect-language.ts';
import { isUnspaced, scriptRuns } from './script.ts';
import { emitWhole, emitWord } from './spaced.ts';
import { type AnalyzedTerm, cutWord, type EmitTerm } from './token.ts';
import { emitUnspaced } from './unspaced.ts';

/**
 * Names the rules by which text becomes terms. Change it with every change that makes other terms: it is part of an
 * index version's digest, and segments of different analyzers are never searched together.
 */
export const ANALYZER_VERSION = 'lexical-1/snowball-3.1.1';

// Letters and digits, with single separators that make one identifier, number or hyphenated word of several.
const chunk =
  /[\p{L}\p{M}\p{N}]+(?:(?:_{1,2}|[.\-\u2010'\u2019]|(?<=\p{N}),(?=\p{N}{3}(?!\p{N})))[\p{L}\p{M}\p{N}]+)*(?:(?:\+\+|#)(?![\p{L}\p{N}]))?/gu;
const asciiWord = /^[a-z]+$/;
const separator = /(_{1,2}|[.\-\u2010'\u2019,]|\+\+$|#$)/u;
const apostrophes = new Set(["'", '\u2019']);
/** What English writes after an apostrophe, and what French, Italian and Catalan write before one. */
const contractions = new Set(['s', 't', 'd', 'm', 're', 've', 'll']);
const elisions = new Set(['l', 'd', 'c', 'j', 'm', 'n', 's', 't', 'qu', 'un', 'all', 'dell', 'nell', 'dall', 'sull']);
const eliding = new Set(['fr', 'it', 'ca']);
// biome-ignore lint/suspicious/noControlCharactersInRegex: it is about what is not ASCII
const notAscii = /[^\x00-\x7f]/;

/** `pt-BR` → `pt`; the language itself is detected where none is given. */
export function languageOfText(text: string, language?: string): string | undefined {
  const code = language?.toLowerCase().split(/[-_]/)[0];
  return code ? code : detectLanguage(text);
}

/**
 * Streams the terms of a text: NFKC, words by script, lower case, Snowball stems of its language, no accents.
 *
 * @param language ISO 639-1 of the text, as {@link languageOfText} gives it; undefined for rules by script alone
 * @returns how many words there were: the length that BM25 goes by
 */
export function emitTerms(text: string, language: string | undefined, emit: EmitTerm, from = 0): number {
  const normal = notAscii.test(text) ? text.normalize('NFKC') : text;
  let position = from;
  for (const match of normal.matchAll(chunk)) {
    const word = match[0];
    if (asciiWord.test(word)) position += emitWord(word, 'latin', language, position, emit);
    else position += emitChunk(word, language, position, emit);
  }
  return position - from;
}

/**
 * The terms of a text in the order of their positions.
 *
 * @param language ISO 639-1, or a tag that begins with it; detected when left out
 */
export function analyze(text: string, language?: string): AnalyzedTerm[] {
  const terms: AnalyzedTerm[] = [];
  emitTerms(text, languageOfText(text, language), (term, position, kind) => terms.push({ term, position, kind }));
  return terms.sort((one, other) => one.position - other.position);
}

function emitChunk(word: string, language: string | undefined, position: number, emit: EmitTerm): number {
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
