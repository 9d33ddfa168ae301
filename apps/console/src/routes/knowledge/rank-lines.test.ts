import { create } from '@bufbuild/protobuf';
import { SearchResponseSchema } from '@llmops/contracts/retrieval/v1/search';
import { expect, test } from 'vitest';
import { rankLines } from './rank-lines.ts';

const arm = (name: string, chunks: string[], used = true) => ({
  name,
  used,
  results: chunks.map((chunk, index) => ({ chunk, rank: index + 1 })),
});
const result = (id: string, fused: number) => ({ chunk: { id }, features: { fused } });

test('a line goes through the columns that have the chunk, in the order of arms, fused, reranked', () => {
  const { columns, lines, rows } = rankLines(
    create(SearchResponseSchema, {
      reranker: 'features',
      arms: [arm('lexical', ['a', 'b', 'c']), arm('minilm', ['b']), arm('e5', [], false)],
      results: [result('b', 0.2), result('a', 0.9)],
    }),
  );
  expect(columns.map(({ label }) => label)).toEqual(['lexical', 'minilm', 'fused', 'reranked']);
  expect(rows).toBe(3);
  expect(lines.at(-1)).toEqual({
    chunk: 'b',
    points: [
      { column: 0, row: 1 },
      { column: 1, row: 0 },
      { column: 2, row: 1 },
      { column: 3, row: 0 },
    ],
  });
});

test('without a reranker the fused order is the last column; ranks far down have no place', () => {
  const deep = Array.from({ length: 50 }, (_, index) => `c${index}`);
  const { columns, lines, rows } = rankLines(
    create(SearchResponseSchema, { reranker: 'none', arms: [arm('lexical', deep)], results: [result('c40', 1)] }),
  );
  expect(columns.map(({ label }) => label)).toEqual(['lexical', 'fused']);
  expect(rows).toBe(15);
  expect(lines[0]?.points).toEqual([{ column: 1, row: 0 }]);
});
