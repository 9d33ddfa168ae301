import { expect, test } from 'vitest';
import { estimateTokens } from './token-count.ts';

// The second column is the count by OpenAI's o200k_base.
test.each([
  ['', 0],
  ['Hello, world!', 4],
  ['The quick brown fox jumps over the lazy dog.', 10],
  ['internationalization of misunderstandings', 5],
  ['今天天气很好，我们去公园散步吧。', 12],
  ['こんにちは、世界', 3],
  ['안녕하세요 세계', 3],
  ['Привет, как дела сегодня?', 7],
  ['สวัสดีครับ', 5],
  ['😀😀', 2],
  ['1234567890', 4],
  ['if (a[0] === b) {\n        return null;\n}\n', 15],
  ['----------------', 1],
])('%j: within 40% or 5 tokens of %i', (text, real) => {
  expect(Math.abs(estimateTokens(text) - real)).toBeLessThanOrEqual(Math.max(5, real * 0.4));
});

test('an empty text has none, any other at least one', () => {
  expect(estimateTokens('')).toBe(0);
  for (const text of [' ', '.', 'a', '\n', '漢', '\ud800']) expect(estimateTokens(text)).toBeGreaterThanOrEqual(1);
});

test('lone surrogates and megabytes of one character are counted, not refused', () => {
  expect(estimateTokens('\ud800\udfff\udc00')).toBe(3);
  expect(estimateTokens('a'.repeat(2_000_000))).toBeGreaterThan(100_000);
  expect(estimateTokens(' '.repeat(1_000_000))).toBeGreaterThan(1000);
});
