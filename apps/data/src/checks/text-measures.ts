import { eld } from 'eld/small';
import { countTokens } from 'gpt-tokenizer/encoding/o200k_base';

/** Shorter texts have no telling language: `OK`, a name, a number. */
const tellingLength = 20;

/** The ISO 639-1 code of a text's language, empty when it cannot be told. */
export function languageOf(text: string): string {
  const part = text.slice(0, 1_000);
  if (part.length < tellingLength) return '';
  const found = eld.detect(part);
  return found.isReliable() ? found.language : '';
}

/** Tokens as o200k_base counts them. Marks such as `<|endoftext|>` are text. */
export const tokensOf = (text: string): number => countTokens(text, { disallowedSpecial: new Set() });

export const wordsOf = (text: string): number => text.match(/[\p{L}\p{N}]+(?:['’-][\p{L}\p{N}]+)*/gu)?.length ?? 0;
export const charactersOf = (text: string): number => [...text].length;
