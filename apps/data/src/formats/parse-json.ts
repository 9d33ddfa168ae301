type Reviver = (this: unknown, key: string, value: unknown, context: { source?: string }) => unknown;

/** A number of many digits, or with an exponent that may be beyond 1e308. */
const mayBeUnsafe = /\d{16}|\d[eE]\+?\d{3}/;

// A number beyond 2^53 would be rounded, one beyond 1e308 be infinite, which JSON has not: their digits are kept as text.
const keepDigits: Reviver = (_key, value, { source }) =>
  typeof value === 'number' && source !== undefined && isLost(value, source) ? source : value;

const isLost = (value: number, source: string): boolean =>
  !Number.isFinite(value) || (!Number.isSafeInteger(value) && /^-?\d+$/.test(source));

/** JSON.parse that loses no digit of an integer, and no number at all. Throws SyntaxError. */
export const parseJson = (text: string): unknown =>
  mayBeUnsafe.test(text) ? JSON.parse(text, keepDigits as Parameters<typeof JSON.parse>[1]) : JSON.parse(text);
