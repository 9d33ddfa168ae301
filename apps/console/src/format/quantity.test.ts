import { expect, test } from 'vitest';
import { formatBytes, formatCount, formatShare } from './quantity.ts';

test.each([
  [0, '0'],
  [9_999, '9,999'],
  [12_345n, '12.3k'],
  [999_999n, '1.00M'],
  [134_515_008n, '135M'],
])('%s tokens read as %s', (count, text) => {
  expect(formatCount(count)).toBe(text);
});

test.each([
  [0n, '0 B'],
  [999n, '999 B'],
  [105_454_432n, '105 MB'],
  [1_999_000_000n, '2.00 GB'],
])('%s bytes read as %s', (bytes, text) => {
  expect(formatBytes(bytes)).toBe(text);
});

test('a small share keeps a decimal and nothing of nothing is a dash', () => {
  expect(formatShare(4n, 1000n)).toBe('0.4%');
  expect(formatShare(1n, 4n)).toBe('25%');
  expect(formatShare(0n, 4n)).toBe('0%');
  expect(formatShare(0n, 0n)).toBe('–');
});
