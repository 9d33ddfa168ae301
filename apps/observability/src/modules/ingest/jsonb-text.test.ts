import { expect, test } from 'vitest';
import { jsonbText } from './jsonb-text.ts';

test('what jsonb refuses is taken out, at any depth and in names; the rest stays', () => {
  expect(jsonbText({ a: ['x\0y', { 'k\0': '\ud800z' }], b: '😀', c: '\\u0000' })).toBe(
    JSON.stringify({ a: ['xy', { k: '\ufffdz' }], b: '😀', c: '\\u0000' }),
  );
});
