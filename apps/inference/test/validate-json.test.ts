import { expect, test } from 'vitest';
import { schemaValidator } from '../src/grammar/validate-json.ts';

test('each pattern of a schema is its own', () => {
  const { problems } = schemaValidator({
    type: 'object',
    properties: { a: { type: 'string', pattern: '^x+$' }, b: { type: 'string', pattern: '^y+$' } },
  });
  expect(problems({ a: 'xx', b: 'yy' })).toEqual([]);
  expect(problems({ a: 'xx', b: 'xx' })).toEqual([expect.stringContaining('/b')]);
  expect(problems({ a: 'yy', b: 'yy' })).toEqual([expect.stringContaining('/a')]);
});
