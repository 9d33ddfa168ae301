import { expect, test } from 'vitest';
import { attribute } from './attribute.ts';

const passages = [
  { number: 1, text: 'JetStream stores messages in streams and replays them to consumers.' },
  { number: 2, text: 'Core NATS delivers at most once; a subscriber that is away misses the message.' },
];

test('a sentence rests on the passages it names', () => {
  const answer = 'Streams keep messages [1]. Both matter [1, 2].';
  expect(attribute(answer, passages)).toEqual([
    { start: 0, end: 26, number: 1, inferred: false },
    { start: 27, end: 46, number: 1, inferred: false },
    { start: 27, end: 46, number: 2, inferred: false },
  ]);
});

test('a sentence that names none rests on the passage that holds its words', () => {
  const answer = 'A subscriber that is away misses the message. Bananas are yellow and sweet fruit.';
  expect(attribute(answer, passages)).toEqual([{ start: 0, end: 45, number: 2, inferred: true }]);
});

test('numbers that were not given, and short sentences, rest on nothing', () => {
  expect(attribute('See [7]. Yes, streams.', passages)).toEqual([]);
  expect(attribute('', passages)).toEqual([]);
});

test('of an answer without end only the beginning is compared; what is named counts to its end', () => {
  const filler = 'A subscriber that is away misses the message. ';
  const found = attribute(`${filler.repeat(5_000)}Streams keep messages [1].`, passages);
  expect(found.filter(({ inferred }) => inferred)).toHaveLength(2_000);
  expect(found.at(-1)).toMatchObject({ number: 1, inferred: false });
});
