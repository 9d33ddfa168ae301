import { expect, test } from 'vitest';
import { excerptOf, matchedParts } from './matched-text.ts';

const marked = (text: string, terms: string[]) =>
  matchedParts(text, terms)
    .filter(({ isMatch }) => isMatch)
    .map(({ text: part }) => part);

test('words that begin with a term are marked, whatever their case; what contains one inside is not', () => {
  expect(marked('Streams stream; upstream', ['stream'])).toEqual(['Streams', 'stream']);
  expect(marked('Größe', ['größe'])).toEqual(['Größe']);
});

test('the parts are the text, also with terms that a pattern would read', () => {
  const text = 'cost is $5 (c++)';
  expect(
    matchedParts(text, ['c++', '$5'])
      .map((part) => part.text)
      .join(''),
  ).toBe(text);
  expect(matchedParts(text, [])).toEqual([{ text, isMatch: false }]);
});

test('an excerpt keeps the lines that say something', () => {
  expect(excerptOf('Head\n\n| a | b |\n| - | :-: |\n| 1 | - |\n+---+\n')).toBe('Head\n| a | b |\n| 1 | - |');
});
