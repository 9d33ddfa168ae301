import { expect, test } from 'vitest';
import { SchemaInference } from './infer-schema.ts';

function infer(...rows: Record<string, unknown>[]) {
  const inference = new SchemaInference();
  for (const row of rows) inference.add(row);
  return inference;
}

test('columns keep the order in which they came, with their types and whether they may be absent', () => {
  const inferred = infer(
    { b: 1, a: 'x' },
    { b: 2.5, a: null },
    { b: 3, c: [1], a: 'y' },
    { b: 4, a: 'z', mixed: 1 },
    { b: 5, a: '', mixed: 'x' },
  );
  expect(inferred.columns()).toEqual([
    { name: 'b', type: 'number', nullable: false },
    { name: 'a', type: 'string', nullable: true },
    { name: 'c', type: 'array', nullable: true },
    { name: 'mixed', type: 'string|integer', nullable: true },
  ]);
});

test('the schema describes nested values, required fields and nulls', () => {
  const message = (role: string, content: string | null) => ({ role, content });
  const inferred = infer(
    { messages: [message('user', 'hi'), message('assistant', null)], meta: {} },
    { messages: [], meta: { n: 1 } },
  );
  expect(inferred.schema()).toEqual({
    type: 'object',
    properties: {
      messages: {
        type: 'array',
        items: {
          type: 'object',
          properties: { role: { type: 'string' }, content: { type: ['string', 'null'] } },
          required: ['role', 'content'],
        },
      },
      meta: { type: 'object', properties: { n: { type: 'integer' } } },
    },
    required: ['messages', 'meta'],
  });
});

test('an object with hundreds of different keys is a map', () => {
  const rows = Array.from({ length: 300 }, (_, i) => ({ scores: { [`k${i}`]: i / 2 } }));
  expect(infer(...rows).schema().properties?.['scores']).toEqual({
    type: 'object',
    additionalProperties: { type: 'number' },
  });
});

test('no rows have a schema without columns, nulls alone the type null', () => {
  expect(infer().schema()).toMatchObject({ type: 'object', properties: {} });
  expect(infer({ a: null }).columns()).toEqual([{ name: 'a', type: 'null', nullable: true }]);
});
