import { basename } from 'node:path';
import { expect, test } from 'vitest';
import { digestOf } from './catalogue.ts';
import { shippedCatalogue } from './shipped.ts';

test('every entry says what a user needs before fetching: licence, card, checksums, sources', () => {
  expect(shippedCatalogue.length).toBeGreaterThanOrEqual(3);
  for (const entry of shippedCatalogue) {
    expect(entry.license).not.toBe('');
    expect(entry.card).toContain('**Limits.**');
    expect(entry.sources.length).toBeGreaterThan(0);
    for (const file of entry.files) {
      expect(file.sha256).toMatch(/^[\da-f]{64}$/);
      expect(file.name).toBe(basename(file.name));
    }
  }
});

test('every source gives every file, and the parts of a file add up to it', () => {
  for (const { files, sources } of shippedCatalogue) {
    for (const source of sources) {
      expect(Object.keys(source.files).sort()).toEqual(files.map((file) => file.name).sort());
      for (const file of files) {
        const parts = source.files[file.name]!;
        if (parts.length === 1) continue;
        expect(parts.reduce((sum, part) => sum + part.sizeBytes!, 0)).toBe(file.sizeBytes);
      }
    }
  }
});

test('a model from a package without a licence file is never a default and carries a warning', () => {
  const qwen = shippedCatalogue.find((entry) => entry.id.startsWith('qwen'))!;
  expect(qwen.default).toBeUndefined();
  expect(qwen.warning).toContain('licence');
});

test('the digest depends on names and contents and not on their order', () => {
  const a = { name: 'a', sizeBytes: 1, sha256: '0'.repeat(64) };
  const b = { name: 'b', sizeBytes: 1, sha256: '1'.repeat(64) };
  expect(digestOf([a, b])).toBe(digestOf([b, a]));
  expect(digestOf([a])).not.toBe(digestOf([{ ...a, name: 'c' }]));
});
