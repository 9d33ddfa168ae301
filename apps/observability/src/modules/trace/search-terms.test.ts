import { expect, test } from 'vitest';
import { queryTermsOf, termsOf } from './search-terms.ts';

const finds = (text: string, query: string) => {
  const terms = new Set(termsOf(text));
  const wanted = queryTermsOf(query);
  return wanted.length > 0 && wanted.every((term) => terms.has(term));
};

test('every word of the query must occur, in any order and case', () => {
  expect(finds('The Invoice is overdue.', 'overdue invoice')).toBe(true);
  expect(finds('The Invoice is overdue.', 'overdue refund')).toBe(false);
  expect(finds('The Invoice is overdue.', 'due')).toBe(false);
});

test('words of scripts without spaces are found inside a sentence, one character too', () => {
  expect(finds('東京都の天気はどうですか', '天気')).toBe(true);
  expect(finds('東京都の天気はどうですか', '東京 天気')).toBe(true);
  expect(finds('東京都の天気はどうですか', '京')).toBe(true);
  expect(finds('東京都の天気はどうですか', '大阪')).toBe(false);
  expect(finds('请帮我退款，订单号 A1234', '退款 a1234')).toBe(true);
  expect(finds('ราคาเท่าไหร่', 'เท่าไหร่')).toBe(true);
});

test('accents and full-width forms count as written or composed', () => {
  expect(finds('Grüße aus München', 'münchen')).toBe(true);
  expect(finds('ＡＢＣ１２３', 'abc123')).toBe(true);
  expect(finds('cafe\u0301', 'café')).toBe(true);
});

test('a long text is cut at 1,000 terms', () => {
  expect(termsOf(Array.from({ length: 5_000 }, (_, i) => `word${i}`).join(' ')).length).toBeLessThanOrEqual(1_001);
});
