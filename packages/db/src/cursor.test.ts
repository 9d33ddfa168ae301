import { expect, test } from 'vitest';
import { decodeCursor, encodeCursor, InvalidCursorError } from './cursor.ts';

test('a token gives back the key it was made of', () => {
  expect(decodeCursor(encodeCursor([1_700_000_000_000, 'id']), ['timeMs', 'text'])).toEqual([1_700_000_000_000, 'id']);
  expect(decodeCursor('', ['text'])).toBeUndefined();
});

test.each([
  'x',
  encodeCursor([]),
  encodeCursor(['id']),
  encodeCursor(['1', 'id']),
  encodeCursor([1, 2]),
  encodeCursor([1e300, 'id']),
  encodeCursor([-1, 'id']),
  encodeCursor([1, 'a\0b']),
  Buffer.from('{"length":2}').toString('base64url'),
])('a token that was tampered with (%s) is refused before the database sees it', (token) => {
  expect(() => decodeCursor(token, ['timeMs', 'text'])).toThrow(InvalidCursorError);
});
