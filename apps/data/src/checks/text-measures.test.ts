import { beforeAll, describe, expect, it } from 'vitest';
import { languageOf, loadVocabularies, tokensOf, wordsOf } from './text-measures.ts';

beforeAll(loadVocabularies);

describe('tokens', () => {
  it('are those of o200k_base, marks among them as text', () => {
    expect(tokensOf('The quick brown fox jumps over the lazy dog.')).toBe(10);
    expect(tokensOf('<|endoftext|>')).toBe(7);
    expect(tokensOf('')).toBe(0);
  });

  it('of a long text are the same but for the cuts', () => {
    const sentence = 'Counting goes on from one sentence to the next. ';
    const once = tokensOf(sentence.trimEnd());
    expect(tokensOf(sentence.repeat(2_000)) / (once * 2_000)).toBeCloseTo(1, 2);
  });

  it('of a run without blanks take linear time', () => {
    for (const run of ['a', '汉字', '=-', '🎉']) expect(tokensOf(run.repeat(200_000))).toBeGreaterThan(10_000);
  });
});

describe('languages', () => {
  it.each([
    ['en', 'The weather was so fine today that we walked along the river.'],
    ['de', 'Das Wetter war heute so schön, dass wir am Fluss entlanggingen.'],
    ['zh', '今天天气很好，所以我们沿着河边走了很久，然后回家吃晚饭。'],
    ['', 'OK then'],
  ])('are told: %s', (language, text) => expect(languageOf(text)).toBe(language));
});

it('words keep their apostrophes', () => expect(wordsOf("Don't count 3 words — four.")).toBe(5));
