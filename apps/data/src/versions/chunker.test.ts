import { hash } from 'node:crypto';
import { expect, test } from 'vitest';
import { Chunker } from './chunker.ts';

interface Row {
  text: string;
  hash: bigint;
}

const rowOf = (text: string): Row => ({ text, hash: hash('sha256', text, 'buffer').readBigUInt64LE(0) });
const sizes = { minBytes: 500, targetBytes: 1_500, maxBytes: 10_000 };

function chunksOf(rows: Row[]): string[] {
  const chunker = new Chunker(sizes);
  const chunks: string[] = [];
  let open = '';
  for (const { text, hash: rowHash } of rows) {
    open += `${text}\n`;
    if (!chunker.add(rowHash, text.length + 1)) continue;
    chunks.push(open);
    open = '';
  }
  return open === '' ? chunks : [...chunks, open];
}

const rows = Array.from({ length: 5_000 }, (_, i) => rowOf(`row ${i} ${'x'.repeat((i * 7) % 120)}`));

test('chunks hold all rows in order, none smaller than the least or larger than the most', () => {
  const chunks = chunksOf(rows);
  expect(chunks.join('')).toBe(rows.map(({ text }) => `${text}\n`).join(''));
  for (const chunk of chunks.slice(0, -1)) {
    expect(chunk.length).toBeGreaterThanOrEqual(sizes.minBytes);
    expect(chunk.length).toBeLessThan(sizes.maxBytes + 200);
  }
  const mean = rows.reduce((sum, { text }) => sum + text.length + 1, 0) / chunks.length;
  expect(mean).toBeGreaterThan(sizes.targetBytes * 0.7);
  expect(mean).toBeLessThan((sizes.minBytes + sizes.targetBytes) * 1.3);
});

test('an edit, an insertion and a deletion anywhere change few chunks', () => {
  const before = new Set(chunksOf(rows));
  for (let at = 13; at < rows.length; at += 397) {
    const edited = rows.with(at, rowOf(`edited ${at}`));
    const inserted = rows.toSpliced(at, 0, rowOf(`new ${at}`));
    const deleted = rows.toSpliced(at, 1);
    for (const changed of [edited, inserted, deleted]) {
      expect(chunksOf(changed).filter((chunk) => !before.has(chunk)).length).toBeLessThanOrEqual(12);
    }
  }
});

test('a row that alone is larger than a chunk ends one', () => {
  const chunks = chunksOf([rowOf('a'), rowOf('y'.repeat(20_000)), rowOf('b')]);
  expect(chunks).toHaveLength(2);
});
