import { isIP } from 'node:net';
import { isCpf, isDni, isNhsNumber, isNir, passesLuhn, passesVerhoeff } from './check-digits.ts';
import { findIbans } from './find-ibans.ts';
import { findPhones } from './find-phones.ts';

export interface PiiFound {
  readonly type: PiiType;
  readonly value: string;
  readonly index: number;
}

/** In the order they are looked for: a part of a text is of the first kind that fits. */
export const piiTypes = [
  'email',
  'iban',
  'credit_card',
  'us_ssn',
  'ip_address',
  'br_cpf',
  'es_dni',
  'fr_nir',
  'in_aadhaar',
  'uk_nhs',
  'phone',
] as const;
export type PiiType = (typeof piiTypes)[number];

interface Finder {
  /** Of bounded repeats only: it cannot take long. */
  readonly pattern: RegExp;
  readonly holds?: (value: string) => boolean;
}

const digitsOf = (value: string): string => value.replace(/\D/g, '');

const finders: Readonly<Record<Exclude<PiiType, 'phone' | 'iban'>, Finder>> = {
  email: {
    pattern:
      /(?<![\w.+%-])[\p{L}\d][\p{L}\d._%+'-]{0,63}@(?:[\p{L}\d](?:[\p{L}\d-]{0,61}[\p{L}\d])?\.){1,8}\p{L}{2,24}(?![\p{L}\d])/gu,
  },
  credit_card: {
    pattern:
      /(?<![\p{L}\d.,+-])(?:\d{12,19}|\d{4}(?:[ -]\d{4}){2,3}(?:[ -]\d{1,4})?|\d{4}[ -]\d{6}[ -]\d{4,5})(?![\d]|[.,-]\d)/gu,
    holds: isCard,
  },
  us_ssn: {
    pattern: /(?<![\d-])(?!000|666|9\d\d)\d{3}-(?!00)\d{2}-(?!0000)\d{4}(?![\d-])/g,
  },
  ip_address: {
    pattern: /(?<![\w.:])(?:\d{1,3}(?:\.\d{1,3}){3}|[0-9a-f]{0,4}(?::[0-9a-f]{0,4}){2,7})(?![\w:]|\.\d)/gi,
    holds: isAddress,
  },
  br_cpf: { pattern: /(?<![\d.])\d{3}\.\d{3}\.\d{3}-\d{2}(?!\d)/g, holds: isCpf },
  es_dni: { pattern: /(?<![\p{L}\d])(?:\d{8}|[XYZ]\d{7})-?[A-HJ-NP-TV-Z](?![\p{L}\d])/gu, holds: isDni },
  fr_nir: {
    pattern: /(?<!\d)[12] ?\d{2} ?(?:0[1-9]|1[0-2]) ?\d{2} ?\d{3} ?\d{3} ?\d{2}(?!\d)/g,
    holds: isNir,
  },
  in_aadhaar: {
    pattern: /(?<![\d-])[2-9]\d{3} \d{4} \d{4}(?!\d| \d)/g,
    holds: (value) => passesVerhoeff(digitsOf(value)),
  },
  uk_nhs: { pattern: /(?<![\d-])[4-9]\d{2} \d{3} \d{4}(?!\d)/g, holds: isNhsNumber },
};

/** The personal data of the wanted kinds in a text, in the text's order. Names and addresses are not looked for. */
export function findPii(text: string, types: readonly PiiType[] = piiTypes): PiiFound[] {
  const found: PiiFound[] = [];
  // Everything but an e-mail address or an IPv6 address has a digit.
  const digits = /\d/.test(text);
  if (!digits && !text.includes('@') && !text.includes('::')) return found;
  // By character: a text of many addresses is not searched for each of them.
  let taken: Uint8Array | undefined;
  for (const type of types) {
    for (const { value, index } of candidatesOf(text, type)) {
      const end = index + value.length;
      if (taken?.subarray(index, end).includes(1)) continue;
      taken ??= new Uint8Array(text.length);
      taken.fill(1, index, end);
      found.push({ type, value, index });
    }
  }
  return found.sort((a, b) => a.index - b.index);
}

function candidatesOf(text: string, type: PiiType): { value: string; index: number }[] {
  if (type === 'phone') return findPhones(text);
  return type === 'iban' ? findIbans(text) : findAll(text, finders[type]);
}

function findAll(text: string, { pattern, holds }: Finder): { value: string; index: number }[] {
  return [...text.matchAll(pattern)]
    .map(({ 0: value, index }) => ({ value, index }))
    .filter(({ value }) => holds?.(value) ?? true);
}

/** Of a known network, with a right check digit. */
function isCard(value: string): boolean {
  const digits = digitsOf(value);
  if (/^(\d)\1*$/.test(digits)) return false;
  const network = /^(?:4|5[0-9]|6|2[2-7]|3[0-9]|1800|2131)/.test(digits);
  return network && digits.length >= 12 && digits.length <= 19 && passesLuhn(digits);
}

/** Of the public Internet: nobody is found by others. Numbers below 10 throughout are sections and versions. */
function isAddress(value: string): boolean {
  if (isIP(value) === 6) return value.length > 6 && !/^(?:fe80|f[cd]|::)/i.test(value);
  return isIP(value) === 4 && !privateRanges.test(value) && /\d\d/.test(value);
}

const privateRanges = /^(?:0|10|127|255|192\.168|169\.254|172\.(?:1[6-9]|2\d|3[01])|22[4-9]|23\d)\./;
