import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { seal, unseal } from './index.ts';

const key = () => randomBytes(32).toString('base64');

test('what is sealed opens with the same key and says nothing without it', () => {
  const mine = key();
  const sealed = seal(mine, 'sk-secret');
  expect(sealed).not.toContain('sk-secret');
  expect(seal(mine, 'sk-secret')).not.toBe(sealed);
  expect(unseal(mine, sealed)).toBe('sk-secret');
  expect(() => unseal(key(), sealed)).toThrow();
});

test('a changed text does not open, and a key of the wrong size is refused', () => {
  const mine = key();
  const bytes = Buffer.from(seal(mine, 'sk-secret'), 'base64url');
  bytes[bytes.length - 1]! ^= 1;
  expect(() => unseal(mine, bytes.toString('base64url'))).toThrow();
  expect(() => seal('c2hvcnQ=', 'x')).toThrow('32 bytes');
});
