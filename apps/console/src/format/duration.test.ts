import { expect, test } from 'vitest';
import { formatDuration, formatDurationOrDash } from './duration.ts';

test.each([
  [0, '0 ms'],
  [0.423, '0.42 ms'],
  [8.25, '8.3 ms'],
  [87.4, '87 ms'],
  [999.4, '999 ms'],
  [999.6, '1.00 s'],
  [1_240, '1.24 s'],
  [12_340, '12.3 s'],
  [59_999, '1 min 0 s'],
  [125_000, '2 min 5 s'],
  [3_780_000, '1 h 3 min'],
])('%s ms read as %s', (ms, text) => {
  expect(formatDuration(ms)).toBe(text);
});

test('a time to first token that never came is a dash', () => {
  expect(formatDurationOrDash(0)).toBe('–');
});
