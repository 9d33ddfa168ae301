type Reviver = (this: unknown, key: string, value: unknown, context: { source?: string }) => unknown;

const mayBeUnsafe = /\d{16}/;

// A number beyond 2^53 would be rounded: its digits are kept as text.
const keepDigits: Reviver = (_key, value, { source }) =>
  typeof value === 'number' && source !== undefined && !Number.isSafeInteger(value) && /^-?\d+$/.test(source)
    ? source
    : value;

/** JSON.parse that loses no digit of an integer. Throws SyntaxError. */
export const parseJson = (text: string): unknown =>
  mayBeUnsafe.test(text) ? JSON.parse(text, keepDigits as Parameters<typeof JSON.parse>[1]) : JSON.parse(text);
