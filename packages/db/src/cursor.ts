/** The page token was not made by us, or was cut. */
export class InvalidCursorError extends Error {
  override name = 'InvalidCursorError';
}

/** An opaque page token from the sort key of the last row. */
export const encodeCursor = (key: readonly (string | number)[]): string =>
  Buffer.from(JSON.stringify(key)).toString('base64url');

/** The sort key of a page token with `length` parts; undefined for an empty token. Throws {@link InvalidCursorError}. */
export function decodeCursor(token: string, length: number): (string | number)[] | undefined {
  if (token === '') return undefined;
  try {
    const key: unknown = JSON.parse(Buffer.from(token, 'base64url').toString('utf8'));
    const isKey = Array.isArray(key) && key.length === length;
    if (isKey && key.every((part) => typeof part === 'string' || typeof part === 'number')) return key;
  } catch {
    // falls through to the one error below
  }
  throw new InvalidCursorError('page_token: not a token of this list; start again without it');
}
