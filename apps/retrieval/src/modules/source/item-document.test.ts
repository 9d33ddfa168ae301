import { expect, test } from 'vitest';
import { itemName } from './item-document.ts';

test('files are named by their last part, below their source', () => {
  expect(itemName('src_1', 'guides/intro.md', 'Introduction')).toEqual({
    uri: 'source:src_1/guides/intro.md',
    displayName: 'intro.md',
  });
});

test('pages are named by their title, and are where they are', () => {
  const page = 'https://example.com/docs/?page=2';
  expect(itemName('src_1', page, 'Docs')).toEqual({ uri: page, displayName: 'Docs' });
  expect(itemName('src_1', page, '').displayName).toBe('docs');
});
