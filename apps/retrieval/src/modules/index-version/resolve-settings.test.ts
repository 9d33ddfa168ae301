import { expect, test } from 'vitest';
import { resolveChunker } from './resolve-settings.ts';

const unset = { maxTokens: 0, overlapTokens: undefined, parentTokens: 0 };

test('defaults fit into what the embedding models take', () => {
  expect(resolveChunker(unset, Number.POSITIVE_INFINITY)).toEqual({
    maxTokens: 256,
    overlapTokens: 32,
    parentTokens: 1024,
  });
  expect(resolveChunker(unset, 214).maxTokens).toBe(214);
  expect(resolveChunker({ ...unset, overlapTokens: 0 }, 214).overlapTokens).toBe(0);
});

test('a size that a model would cut off is refused by its field', () => {
  const refused = (wanted: Partial<typeof unset>) => () => resolveChunker({ ...unset, ...wanted } as never, 214);
  expect(refused({ maxTokens: 215 })).toThrow('chunker.max_tokens: the embedding models take at most 214');
  expect(refused({ maxTokens: 100, overlapTokens: 60 } as never)).toThrow('chunker.overlap_tokens');
  expect(refused({ maxTokens: 200, parentTokens: 100 })).toThrow('chunker.parent_tokens');
});
