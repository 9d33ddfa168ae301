import { expect, test } from 'vitest';
import { formatAgo, formatTime } from './format-time.ts';

const now = new Date(2026, 10, 24, 14, 30, 0);

test('a time is as short as its distance allows', () => {
  expect(formatTime(new Date(2026, 10, 24, 9, 3, 9), now)).toBe('09:03:09');
  expect(formatTime(new Date(2026, 10, 23, 9, 3, 9), now)).toBe('Nov 23, 09:03');
  expect(formatTime(new Date(2025, 10, 23, 0, 3, 9), now)).toBe('Nov 23, 2025, 00:03');
});

test('an age is one number and its unit, before and after now', () => {
  const ago = (ms: number) => formatAgo(new Date(now.getTime() - ms), now);
  expect(ago(1000)).toBe('now');
  expect(ago(42_900)).toBe('42 s ago');
  expect(ago(3_599_000)).toBe('59 min ago');
  expect(ago(26 * 3_600_000)).toBe('1 d ago');
  expect(ago(-3 * 86_400_000)).toBe('in 3 d');
});
