import { expect, test } from 'vitest';
import { metadataProblem } from './metadata-problem.ts';

const nested = (depth: number): unknown => (depth === 0 ? 1 : [nested(depth - 1)]);

test('ordinary metadata is fine, with escapes that only look odd', () => {
  expect(
    metadataProblem({ team: 'hr', tags: ['a', { b: null }], '\\u0000': '\\u0000 \u{1F600}', n: -1e300 }),
  ).toBeUndefined();
  expect(metadataProblem({ a: nested(15) })).toBeUndefined();
});

test.each([
  [{ a: ['x\0'] }, 'must hold no NUL'],
  [{ 'k\0': 1 }, 'must hold no NUL'],
  [{ a: '\ud800' }, 'must hold no half of a surrogate pair'],
  [JSON.parse('{"a":1e400}'), 'must hold no number beyond 1.8e308'],
  [{ a: nested(16) }, 'must not nest deeper than 16'],
  [{ a: nested(3_000) }, 'must not nest deeper than 16'],
])('%#: what cannot be kept is named', (metadata, problem) => expect(metadataProblem(metadata)).toBe(problem));
