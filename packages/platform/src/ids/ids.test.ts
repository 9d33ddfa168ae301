import { expect, test } from 'vitest';
import { newId } from './index.ts';

test('ids are unique, of one shape, and sort by time', async () => {
  const ids = Array.from({ length: 20_000 }, () => newId('call'));
  expect(new Set(ids).size).toBe(ids.length);
  for (const id of ids.slice(0, 100)) expect(id).toMatch(/^call_[0-7][0-9a-hjkmnp-tv-z]{25}$/);
  await new Promise((resolve) => setTimeout(resolve, 3));
  expect(newId('call') > ids[0]!).toBe(true);
});
