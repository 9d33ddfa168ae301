import { expect, test } from 'vitest';
import { batchesOf } from './evaluate-beir.ts';

test('documents go in the order of the corpus, in requests that are neither too many nor too long', () => {
  const lengths = [...Array(450).fill(10), 900_000, 200_000, 5_000_000, 10];
  const corpus = lengths.map((length, n) => ({ id: String(n), title: '', text: 'x'.repeat(length) }));
  const batches = [...batchesOf(corpus)];
  expect(batches.map((batch) => batch.length)).toEqual([200, 200, 51, 1, 1, 1]);
  expect(batches.flat().map(({ id }) => id)).toEqual(corpus.map(({ id }) => id));
  expect([...batchesOf([])]).toEqual([]);
});
