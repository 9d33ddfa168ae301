import { expect, test } from 'vitest';
import { support } from './support.ts';

const minilm = (cosine: number) => [{ model: 'all-minilm-l6-v2', cosine }];

test('grows with the best cosine and with the coverage of the terms, between 0 and 1', () => {
  const low = support({ cosines: minilm(0.2), coverage: 0.15 });
  const high = support({ cosines: minilm(0.58), coverage: 0.5 });
  expect(low).toBeLessThan(0.05);
  expect(high).toBeGreaterThan(0.9);
  expect(support({ cosines: minilm(0.58), coverage: 0.1 })).toBeLessThan(high);
});

test('one arm alone is enough for it', () => {
  expect(support({ cosines: minilm(0.6), coverage: undefined })).toBeGreaterThan(0.9);
  expect(support({ cosines: [], coverage: 0.6 })).toBeGreaterThan(0.9);
  expect(support({ cosines: [], coverage: undefined })).toBe(0);
});

test('what E5 calls near to everything is not support', () => {
  expect(support({ cosines: [{ model: 'multilingual-e5-small', cosine: 0.79 }], coverage: 0.1 })).toBeLessThan(0.1);
});
