import { expect, test } from 'vitest';
import { fuse, onePerDocument } from './order-hits.ts';
import type { ArmReport } from './search-input.ts';
import { resolveSearch } from './search-settings.ts';

const report = (name: string, found: [number, number][]): ArmReport => ({
  name,
  used: true,
  note: '',
  plan: 'exact',
  durationMs: 0,
  found: found.map(([ordinal, score]) => ({ ordinal, score, id: `chk_${ordinal}`, documentId: `doc_${ordinal}` })),
});
const settings = resolveSearch({}, undefined, 10);
const dense = report(
  'minilm',
  Array.from({ length: 50 }, (_, i) => [i, 0.6 - i * 0.005]),
);

test('a chunk that the words of the query name alone comes first, though embeddings do not see it', () => {
  const fused = fuse([report('lexical', [[99, 14]]), dense], settings);
  expect(fused.slice(0, 2).map(({ id }) => id)).toEqual([99, 0]);
});

test('an arm that found nothing, or was not used, changes nothing', () => {
  const alone = fuse([dense], settings).map(({ id }) => id);
  expect(fuse([report('lexical', []), dense], settings).map(({ id }) => id)).toEqual(alone);
  expect(fuse([{ ...report('lexical', [[7, 3]]), used: false }, dense], settings).map(({ id }) => id)).toEqual(alone);
});

test('the order does not depend on that of the arms', () => {
  const lexical = report('lexical', [
    [3, 9],
    [60, 8],
    [1, 2],
  ]);
  expect(fuse([lexical, dense], settings)).toEqual(fuse([dense, lexical], settings));
});

test("weights of the request go before the knowledge base's, and those before the shipped ones", () => {
  expect(settings.weights).toEqual({ lexical: 4 / 3 });
  expect(resolveSearch({ weights: { lexical: 2 } }, undefined, 10).weights).toEqual({ lexical: 2 });
  expect(settings).toMatchObject({ fusion: 'weighted', rerank: 'none', candidates: 100, minSupport: 0.3 });
  expect(resolveSearch({ candidates: 20 }, undefined, 500).candidates).toBe(500);
});

test('a weight below 0 is refused', () => {
  expect(() => resolveSearch({ weights: { lexical: -1 } }, undefined, 10)).toThrow(/weight of lexical/);
});

test('one result a document is the first of each', () => {
  const items = [1, 2, 3, 4].map((ordinal) => ({ ordinal }));
  expect(onePerDocument(items, (ordinal) => (ordinal % 2 ? 'a' : 'b')).map(({ ordinal }) => ordinal)).toEqual([1, 2]);
});
