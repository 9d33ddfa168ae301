import { create } from '@bufbuild/protobuf';
import { ChunkSchema } from '@llmops/contracts/retrieval/v1/knowledge_base';
import { expect, test } from 'vitest';
import { citedChunks, regionsOn } from './cited-chunks.ts';

const chunks = [
  { start: 0, end: 100 },
  { start: 80, end: 200 },
  { start: 180, end: 300 },
];

test('the chunk itself is cited, not the neighbours that repeat its edges', () => {
  expect(citedChunks(chunks, { start: 80, end: 200 })).toEqual([chunks[1]]);
});

test('a widened passage cites all that it holds; a sentence cites the chunk around it', () => {
  expect(citedChunks(chunks, { start: 0, end: 300 })).toEqual(chunks);
  expect(citedChunks(chunks, { start: 120, end: 140 })).toEqual([chunks[1]]);
  expect(citedChunks(chunks, { start: 400, end: 500 })).toEqual([]);
});

test('regions are of the page that is shown', () => {
  const chunk = create(ChunkSchema, { regions: [{ page: 1, x1: 1 }, { page: 2 }] });
  expect(regionsOn([chunk], 1).map(({ x1 }) => x1)).toEqual([1]);
});
