/** The page token was not made by us, or was cut. */
export class InvalidCursorError extends Error {
  override name = 'InvalidCursorError';
}

/** A part of a sort key: text, or a time in milliseconds since the epoch. */
type CursorPart = 'text' | 'timeMs';
type CursorKey<Shape extends readonly CursorPart[]> = {
  -readonly [Part in keyof Shape]: Shape[Part] extends 'timeMs' ? number : string;
};

/** The last time that Postgres and ISO 8601 both write with four digits of year. */
const maxTimeMs = 253_402_300_799_999;

/** An opaque page token from the sort key of the last row. */
export const encodeCursor = (key: readonly (string | number)[]): string =>
  Buffer.from(JSON.stringify(key)).toString('base64url');

/** The sort key of a page token, of parts as `shape` says; undefined for an empty token. Throws {@link InvalidCursorError}. */
export function decodeCursor<const Shape extends readonly CursorPart[]>(
  token: string,
  shape: Shape,
): CursorKey<Shape> | undefined {
  if (token === '') return undefined;
  try {
    const key: unknown = JSON.parse(Buffer.from(token, 'base64url').toString('utf8'));
    const isKey = Array.isArray(key) && key.length === shape.length;
    if (isKey && shape.every((part, i) => isPart(part, key[i]))) return key as CursorKey<Shape>;
  } catch {
    // falls through to the one error below
  }
  throw new InvalidCursorError('page_token: not a token of this list; start again without it');
}

/** What the database would refuse is refused here: NUL in text, a time beyond its range. */
const isPart = (part: CursorPart, value: unknown): boolean =>
  part === 'text'
    ? typeof value === 'string' && !value.includes('\0')
    : typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= maxTimeMs;
