import { expect, test } from 'vitest';
import { estimateTokens } from './token-count.ts';

// Counts by OpenAI's o200k vocabulary or within a token of it.
test.each([
  ['', 0, 0],
  ['Hello, world!', 3, 5],
  ['The quick brown fox jumps over the lazy dog.', 9, 11],
  ['internationalization of misunderstandings', 4, 10],
  ['今天天气很好，我们去公园散步吧。', 10, 17],
  ['こんにちは、世界', 4, 9],
  ['안녕하세요 세계', 4, 9],
  ['Привет, как дела сегодня?', 6, 12],
  ['สวัสดีครับ', 3, 8],
  ['😀😀', 2, 4],
  ['1234567890', 3, 4],
  ['if (a[0] === b) {\n        return null;\n}\n', 11, 22],
  ['----------------', 1, 4],
])('%j is estimated near its real count', (text, low, high) => {
  const tokens = estimateTokens(text);
  expect(tokens).toBeGreaterThanOrEqual(low);
  expect(tokens).toBeLessThanOrEqual(high);
});

test('lone surrogates and megabytes of one character are counted, not refused', () => {
  expect(estimateTokens('\ud800\udfff\udc00')).toBe(3);
  expect(estimateTokens('a'.repeat(2_000_000))).toBeGreaterThan(100_000);
  expect(estimateTokens(' '.repeat(1_000_000))).toBeGreaterThan(1000);
});
