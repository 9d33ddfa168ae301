import {
  type EncodingCheck,
  type LanguageCheck,
  type LengthCheck,
  type PiiCheck,
  type SecretCheck,
  type ToxicityCheck,
  LengthCheck_Unit as Unit,
} from '@llmops/contracts/data/v1/validation';
import { encodingDamage } from './encoding/encoding-damage.ts';
import { findPii, piiTypes } from './pii/find-pii.ts';
import type { RunningCheck } from './running-check.ts';
import { findSecret } from './secrets/find-secret.ts';
import { textCheck } from './text-check.ts';
import { charactersOf, languageOf, tokensOf, wordsOf } from './text-measures.ts';
import { wordFinder } from './toxicity/word-finder.ts';

export function languageCheck({ columns, languages }: LanguageCheck): RunningCheck {
  const allowed = new Set(['', ...languages]);
  return textCheck(`are in another language than ${languages.join(', ')}`, columns, (text) => {
    const language = languageOf(text);
    return allowed.has(language) ? undefined : { message: `is in ${language}` };
  });
}

export function lengthCheck({ columns, min, max, unit }: LengthCheck): RunningCheck {
  const [measure, name] =
    unit === Unit.CHARACTERS
      ? [charactersOf, 'characters']
      : unit === Unit.WORDS
        ? [wordsOf, 'words']
        : [tokensOf, 'tokens'];
  const bounds = [min === undefined ? '' : `at least ${min}`, max === undefined ? '' : `at most ${max}`];
  const wanted = bounds.filter((bound) => bound !== '').join(', ');
  return textCheck(`do not have ${wanted} ${name} in ${columns.join(', ')}`, columns, (text) => {
    const length = measure(text);
    if (min !== undefined && length < Number(min)) return { message: `has ${length} ${name}, fewer than ${min}` };
    if (max !== undefined && length > Number(max)) return { message: `has ${length} ${name}, more than ${max}` };
    return undefined;
  });
}

export function encodingCheck({ columns }: EncodingCheck): RunningCheck {
  return textCheck('hold text of a damaged encoding', columns, encodingDamage);
}

export function toxicityCheck({ columns, words }: ToxicityCheck): RunningCheck {
  const find = wordFinder(words);
  return textCheck('hold words of the list', columns, (text) => {
    const word = find(text);
    return word === undefined ? undefined : { message: `holds ${JSON.stringify(word)}` };
  });
}

/** Throws on a type that is not known. */
export function piiCheck({ columns, types }: PiiCheck): RunningCheck {
  const wanted = types.length === 0 ? piiTypes : piiTypes.filter((type) => types.includes(type));
  const unknown = types.find((type) => !(piiTypes as readonly string[]).includes(type));
  if (unknown !== undefined) throw new Error(`${JSON.stringify(unknown)} is no type; known are ${piiTypes.join(', ')}`);
  return textCheck('hold personal data', columns, (text) => {
    const found = findPii(text, wanted);
    if (found.length === 0) return undefined;
    const kinds = [...new Set(found.map(({ type }) => type))].join(', ');
    return { message: `holds ${kinds}`, value: masked(found[0]!.value) };
  });
}

export function secretCheck({ columns }: SecretCheck): RunningCheck {
  return textCheck('hold a secret', columns, (text) => {
    const secret = findSecret(text);
    return secret && { message: `holds ${secret.rule}`, value: masked(secret.value) };
  });
}

/** Enough to find it again, not to use it. */
function masked(value: string): string {
  const kept = Math.min(4, Math.floor(value.length / 4));
  return `${value.slice(0, kept)}${'*'.repeat(Math.min(value.length - kept, 12))}`;
}
