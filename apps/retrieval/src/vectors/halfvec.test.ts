import { expect, test } from 'vitest';
import { decodeHalfvec, encodeBigints, encodeHalfvec } from './halfvec.ts';

test('a vector in binary form is its length and its numbers in network order', () => {
  expect(encodeHalfvec([1, -2]).toString('hex')).toBe('000200003c00c000');
});

test('what is encoded decodes to the same, within half precision', () => {
  const vector = Float32Array.from({ length: 384 }, (_, i) => Math.sin(i));
  const decoded = decodeHalfvec(encodeHalfvec(vector));
  expect(decoded).toHaveLength(384);
  expect(Math.max(...decoded.map((value, i) => Math.abs(value - vector[i]!)))).toBeLessThan(0.001);
});

test('a list of numbers is an array of int8', () => {
  expect(encodeBigints([5]).toString('hex')).toBe(
    '00000001000000000000001400000001000000010000000800000000000000' + '05',
  );
});
