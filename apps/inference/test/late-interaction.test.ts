import { expect, test } from 'vitest';
import { lateInteraction, type TokenVectors } from '../src/onnx/late-interaction.ts';

const vectors = (...rows: number[][]): TokenVectors => ({
  dimensions: rows[0]?.length ?? 5,
  values: Float32Array.from(rows.flat()),
});

test('each token of the query counts its most similar one of the document, once', () => {
  const query = vectors([1, 0, 0, 0, 0], [0, 1, 0, 0, 0]);
  const document = vectors([0.6, 0, 0, 0, 0.8], [0, 0, 0, 0, 1], [1, 0, 0, 0, 0]);
  expect(lateInteraction(query, document)).toBeCloseTo((1 + 0) / 2, 6);
  expect(lateInteraction(query, query)).toBeCloseTo(1, 6);
  expect(lateInteraction(vectors([0, 0, 0, 0, -1]), vectors([0, 0, 0, 0, 1]))).toBeCloseTo(-1, 6);
});

test('a text without tokens is like nothing', () => {
  expect(lateInteraction(vectors(), vectors([1, 0, 0, 0, 0]))).toBe(0);
  expect(lateInteraction(vectors([1, 0, 0, 0, 0]), vectors())).toBe(0);
});
