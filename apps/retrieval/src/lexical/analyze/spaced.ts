import { foldAccents } from './fold.ts';
import type { Script } from './script.ts';
import { languageOfWord, termOf } from './stem.ts';
import { englishStopwords } from './stopwords.ts';
import { cutWord, type EmitTerm, type TermKind } from './token.ts';

/** Hashes and lines of hyphenated words are found by their parts. */
const longestWhole = 64;
const camelHump = /\p{Ll}\p{Lu}|\p{Lu}\p{Lu}\p{Ll}/u;
const humps = /\p{Lu}+(?!\p{Ll})|\p{Lu}?[\p{Ll}\p{M}]+|\p{N}+|[^\p{Lu}\p{Ll}\p{N}]+/gu;
const lettersAndDigits = /\p{L}{2}\p{N}{2}|\p{N}{2}\p{L}{2}/u;
const isNumber = /^\p{N}+$/u;
const endsInDigit = /\p{N}$/u;
const startsWithDigit = /^\p{N}/u;
const version = /^v\p{N}/u;
// biome-ignore lint/suspicious/noControlCharactersInRegex: it is about what is not ASCII
const notAscii = /[^\x00-\x7f]/;

/** Emits a word without separators: its term, without its accents, and by its humps. Returns 1, or 0 for a stop word. */
export function emitWord(
  word: string,
  script: Script,
  language: string | undefined,
  position: number,
  emit: EmitTerm,
): number {
  const cut = cutWord(word);
  const lower = cut.toLowerCase();
  const rules = languageOfWord(script, language);
  if (rules === 'en' && englishStopwords.has(lower)) return 0;
  const term = termOf(lower, rules);
  emit(term, position, 'word');
  if (notAscii.test(lower)) {
    const unaccented = termOf(foldAccents(lower), rules);
    if (unaccented !== term) emit(unaccented, position, 'plain');
  }
  if (camelHump.test(cut) || lettersAndDigits.test(cut)) emitParts(cut, rules, position, emit);
  return 1;
}

function emitParts(word: string, rules: string, position: number, emit: EmitTerm): void {
  const parts = word.match(humps) ?? [];
  if (parts.length < 2) return;
  const seen = new Set<string>();
  for (const part of parts) {
    const lower = part.toLowerCase();
    // A single letter (iPhone, mRNA) says nothing by itself.
    if (lower.length < 2 || (rules === 'en' && englishStopwords.has(lower))) continue;
    const term = termOf(lower, rules);
    if (seen.has(term)) continue;
    seen.add(term);
    emit(term, position, 'part');
  }
}

/** Emits what several parts make as one: `max-retries` and `max_retries` as `maxretries`, `v2.10.4` as it stands. */
export function emitWhole(
  parts: readonly string[],
  separators: readonly string[],
  script: Script,
  language: string | undefined,
  position: number,
  emit: EmitTerm,
): void {
  let whole = parts[0]!;
  for (let index = 1; index < parts.length; index += 1) {
    const part = parts[index]!;
    const separator = separators[index - 1]!;
    // Between digits the separator tells 2.10 from 21.0; a comma there groups thousands.
    const isKept = separator !== ',' && endsInDigit.test(whole) && startsWithDigit.test(part);
    whole += isKept ? separator + part : part;
    if (whole.length > longestWhole) return;
  }
  const lower = whole.toLowerCase();
  const kind: TermKind = 'whole';
  emit(termOf(lower, isNumber.test(lower) ? '' : languageOfWord(script, language)), position, kind);
  if (version.test(lower)) emit(lower.slice(1), position, kind);
}
