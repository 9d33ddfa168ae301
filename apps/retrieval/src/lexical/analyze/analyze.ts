import { emitChunk } from './chunk.ts';
import { detectLanguage } from './detect-language.ts';
import type { AnalyzedTerm, EmitTerm } from './token.ts';

/**
 * Names the rules by which text becomes terms. Change it with every change that makes other terms: it is part of an
 * index version's digest, and segments of different analyzers are never searched together.
 */
export const ANALYZER_VERSION = 'lexical-1/snowball-3.1.1';

// Letters and digits, with single separators that make one identifier, number or hyphenated word of several.
const chunk =
  /[\p{L}\p{M}\p{N}]+(?:(?:_{1,2}|[.\-\u2010'\u2019]|(?<=\p{N}),(?=\p{N}{3}(?!\p{N})))[\p{L}\p{M}\p{N}]+)*(?:(?:\+\+|#)(?![\p{L}\p{N}]))?/gu;
/** The same where a text has only these: three times as fast. */
const asciiChunk =
  /[A-Za-z0-9]+(?:(?:_{1,2}|[.\-']|(?<=[0-9]),(?=[0-9]{3}(?![0-9])))[A-Za-z0-9]+)*(?:(?:\+\+|#)(?![A-Za-z0-9]))?/g;
// biome-ignore lint/suspicious/noControlCharactersInRegex: it is about what is not ASCII
const notAscii = /[^\x00-\x7f]/;

/** Most of a text is words seen before: what became of them is remembered, by language. */
interface KnownChunk {
  readonly terms: readonly AnalyzedTerm[];
  readonly words: number;
}
const knownChunks = new Map<string, Map<string, KnownChunk>>();
/** What is longer hardly comes again. */
const longestKnown = 32;
/** A table that grew past this holds noise and starts again. */
const mostKnown = 50_000;

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
export function emitTerms(text: string, language: string | undefined, emit: EmitTerm): number {
  const chunks = notAscii.test(text) ? text.normalize('NFKC').match(chunk) : text.match(asciiChunk);
  const known = chunksOf(language);
  let position = 0;
  for (const word of chunks ?? []) {
    if (word.length > longestKnown) {
      position += emitChunk(word, language, position, emit);
      continue;
    }
    const { terms, words } = known.get(word) ?? remember(known, word, language);
    for (const each of terms) emit(each.term, position + each.position, each.kind);
    position += words;
  }
  return position;
}

function chunksOf(language: string | undefined): Map<string, KnownChunk> {
  const key = language ?? '';
  let known = knownChunks.get(key);
  if (known === undefined) {
    // Languages come from callers, who may say anything.
    if (knownChunks.size >= 100) knownChunks.clear();
    known = new Map();
    knownChunks.set(key, known);
  }
  return known;
}

function remember(known: Map<string, KnownChunk>, word: string, language: string | undefined): KnownChunk {
  const terms: AnalyzedTerm[] = [];
  const words = emitChunk(word, language, 0, (term, position, kind) => terms.push({ term, position, kind }));
  if (known.size >= mostKnown) known.clear();
  const chunk = { terms, words };
  known.set(word, chunk);
  return chunk;
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
