const ibanLengths: Readonly<Record<string, number>> = {
  ...{ AD: 24, AE: 23, AL: 28, AT: 20, AZ: 28, BA: 20, BE: 16, BG: 22, BH: 22, BR: 29, CH: 21, CR: 22, CY: 28, CZ: 24 },
  ...{ DE: 22, DK: 18, DO: 28, EE: 20, EG: 29, ES: 24, FI: 18, FO: 18, FR: 27, GB: 22, GE: 22, GI: 23, GL: 18, GR: 27 },
  ...{ GT: 28, HR: 21, HU: 28, IE: 22, IL: 23, IQ: 23, IS: 26, IT: 27, JO: 30, KW: 30, KZ: 20, LB: 28, LI: 21, LT: 20 },
  ...{ LU: 20, LV: 21, MC: 27, MD: 24, ME: 22, MK: 19, MR: 27, MT: 31, MU: 30, NL: 18, NO: 15, PK: 24, PL: 28, PS: 29 },
  ...{ PT: 25, QA: 29, RO: 24, RS: 22, SA: 24, SE: 24, SI: 19, SK: 24, SM: 27, TN: 24, TR: 26, UA: 29, VA: 22, VG: 24 },
};

const beginning = /(?<![\p{L}\d])[a-z]{2}\d{2}(?=[ -]?[a-z0-9])/giu;

/** IBANs of their country's length whose check digits are right (ISO 13616), written together or in groups. */
export function findIbans(text: string): { value: string; index: number }[] {
  return [...text.matchAll(beginning)].flatMap(({ 0: start, index }) => {
    const length = ibanLengths[start.slice(0, 2).toUpperCase()];
    if (length === undefined) return [];
    const value = cut(text, index, length);
    return value !== undefined && isIban(value) ? [{ value, index }] : [];
  });
}

/** As much from `index` on as holds `length` letters and digits, with single separators between. */
function cut(text: string, index: number, length: number): string | undefined {
  let count = 0;
  let end = index;
  for (; count < length && end < text.length; end++) {
    if (/[a-z0-9]/i.test(text[end]!)) count++;
    else if (!/[ -]/.test(text[end]!) || !/[a-z0-9]/i.test(text[end - 1]!)) return undefined;
  }
  return count === length && !/^[\p{L}\d]/u.test(text.slice(end, end + 2)) ? text.slice(index, end) : undefined;
}

/** Mod 97 of the digits, letters as 10 to 35. */
function isIban(text: string): boolean {
  const iban = text.replace(/[ -]/g, '').toUpperCase();
  let rest = 0;
  for (const char of iban.slice(4) + iban.slice(0, 4)) rest = Number(`${rest}${Number.parseInt(char, 36)}`) % 97;
  return rest === 1;
}
