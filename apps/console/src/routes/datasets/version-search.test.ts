import { expect, test } from 'vitest';
import { hasRowFilter, parseVersionSearch } from './version-search.ts';

test('an address keeps what makes sense, numbers as text, and leaves out the rest', () => {
  expect(parseVersionSearch({ tab: 'rows', q: 42, where: '', view: 'grid', other: 1 })).toEqual({ q: '42' });
  expect(parseVersionSearch({ tab: 'diff', base: 2, view: 'json' })).toEqual({ tab: 'diff', base: '2', view: 'json' });
});

test('a tab and a view filter no rows, a single row does', () => {
  expect(hasRowFilter({ ...parseVersionSearch({ tab: 'profile', view: 'json' }) })).toBe(false);
  expect(hasRowFilter({ row: 'r1' })).toBe(true);
});
