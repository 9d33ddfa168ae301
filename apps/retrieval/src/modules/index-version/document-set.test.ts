import { expect, test } from 'vitest';
import { changeDocumentSet, emptyDocumentSet } from './document-set.ts';

const setOf = (...documents: string[]) => changeDocumentSet(emptyDocumentSet(), documents, []);

test('the same documents make the same hash, in whatever order and by whatever way they came', () => {
  expect(setOf('a', 'b', 'c')).toEqual(setOf('c', 'a', 'b'));
  expect(changeDocumentSet(setOf('a', 'x', 'b'), ['c'], ['x'])).toEqual(setOf('a', 'b', 'c'));
  expect(changeDocumentSet(setOf('a'), [], ['a'])).toEqual(emptyDocumentSet());
});

test('other documents, and the same one twice, make another hash', () => {
  const hashes = [setOf(), setOf('a'), setOf('b'), setOf('a', 'b'), setOf('a', 'a')].map((set) => set.toString('hex'));
  expect(new Set(hashes).size).toBe(hashes.length);
});
