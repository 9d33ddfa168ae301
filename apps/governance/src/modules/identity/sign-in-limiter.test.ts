import { expect, test } from 'vitest';
import { SignInLimiter } from './sign-in-limiter.ts';

test('the eleventh try within a minute waits until the first failure is a minute old', () => {
  const limiter = new SignInLimiter();
  for (let second = 0; second < 10; second += 1) {
    expect(limiter.waitMs('a@b.c', second * 1000)).toBe(0);
    limiter.begin('a@b.c', second * 1000);
  }
  expect(limiter.waitMs('a@b.c', 10_000)).toBe(50_000);
  expect(limiter.waitMs('other@b.c', 10_000)).toBe(0);
  expect(limiter.waitMs('a@b.c', 60_000)).toBe(0);
});

test('a sign-in that worked clears the count', () => {
  const limiter = new SignInLimiter();
  for (let i = 0; i < 10; i += 1) limiter.begin('a@b.c', 0);
  limiter.succeeded('a@b.c');
  expect(limiter.waitMs('a@b.c', 1)).toBe(0);
});
