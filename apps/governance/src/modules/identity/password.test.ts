import { expect, test } from 'vitest';
import { hashPassword, verifyPassword } from './password.ts';

test('a password verifies against its own hash only', async () => {
  const hash = await hashPassword('correct horse');
  expect(hash).not.toContain('correct');
  expect(await verifyPassword('correct horse', hash)).toBe(true);
  expect(await verifyPassword('correct hors', hash)).toBe(false);
});

test('a damaged hash verifies nothing', async () => {
  expect(await verifyPassword('', 'scrypt$32768$$')).toBe(false);
});
