import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FileObjects } from '@llmops/platform/objects';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { JsonRow } from '../formats/index.ts';
import { canonicalJson, chunkKind, diffVersions, VersionReader, VersionWriter } from './index.ts';

const projectId = 'prj_test';
let folder: string;
let objects: FileObjects;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'llmops-versions-'));
  objects = new FileObjects(folder);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function write(rows: JsonRow[], keyColumns: string[] = []) {
  const writer = new VersionWriter({ objects, projectId, keyColumns });
  for (const [i, row] of rows.entries()) await writer.add(row, { file: 'test', row: i + 1 });
  const written = await writer.finish();
  const reader = new VersionReader(objects, projectId, written.chunks);
  return { ...written, reader, side: { reader, chunks: written.chunks, keyed: keyColumns.length > 0 } };
}

async function all(reader: VersionReader, range = {}) {
  const rows = [];
  for await (const row of reader.read(range)) rows.push(row);
  return rows;
}

function random(seed: number): (n: number) => number {
  let state = seed;
  return (n) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * n);
  };
}

const rowsOf = (n: number, from = 0): JsonRow[] =>
  Array.from({ length: n }, (_, i) => ({
    key: `k${from + i}`,
    text: `text of row ${from + i} `.repeat(10),
    n: from + i,
    unused: null,
  }));

test('rows are read back as they were written: all, from a place on, at indexes, of a split', async () => {
  const rows = [...rowsOf(3_000), { 'a "b"': '","row":', nested: { x: ['}\n', '\u2028'] } }];
  const { reader, chunks } = await write(rows);
  expect(chunks.length).toBeGreaterThan(3);
  expect((await all(reader)).map(({ json }) => JSON.parse(json))).toEqual(rows);
  expect((await all(reader, { from: 1_234, to: 1_236 })).map(({ index }) => index)).toEqual([1_234, 1_235]);
  expect((await reader.at([2_999, 0, 1_500, 9_999])).map(({ index }) => index)).toEqual([2_999, 0, 1_500]);
  const splits = Uint8Array.from({ length: rows.length }, (_, i) => (i % 1_000 === 7 ? 2 : 1));
  expect((await all(reader, { split: { splits, number: 2 } })).map(({ index }) => index)).toEqual([7, 1_007, 2_007]);
});

test('the same rows are the same chunks and ids, whatever the order of their keys; repeats are told apart', async () => {
  const first = await write(rowsOf(500));
  const again = await write(rowsOf(500));
  expect(again.chunks).toEqual(first.chunks);
  expect(again.addedBytes).toBe(0);
  const { reader } = await write([
    { a: 1, b: 2 },
    { b: 2, a: 1 },
    { a: 1, b: 2 },
  ]);
  const [one, two, three] = (await all(reader)).map(({ id }) => id);
  expect(two).toBe(`${one}~2`);
  expect(three).toBe(`${one}~3`);
});

test('a diff finds exactly what random edits did, by content and by key', async () => {
  for (const keyColumns of [[], ['key']]) {
    const next = random(keyColumns.length + 5);
    for (let round = 0; round < 6; round += 1) {
      const before = rowsOf(1_500);
      const after = [...before];
      const expected = { added: 0, removed: 0, changed: 0 };
      // Apart from each other, so that what stands between them is unchanged.
      for (let at = 1_450; at > 30; at -= 20 + next(100)) {
        const kind = next(3);
        if (kind === 0) {
          after[at] = { ...after[at], n: -at };
          expected.changed += 1;
        } else if (kind === 1) {
          after.splice(at, 1);
          expected.removed += 1;
        } else {
          after.splice(at, 0, { key: `new ${round} ${at}`, text: 'quite another thing', n: at * 1_000 });
          expected.added += 1;
        }
      }
      const base = await write(before, keyColumns);
      const now = await write(after, keyColumns);
      const diff = await diffVersions(base.side, now.side);
      expect(diff).toMatchObject({ ...expected, unchanged: 1_500 - expected.removed - expected.changed });
      expect(diff.changes).toHaveLength(expected.added + expected.removed + expected.changed);
      const back = await diffVersions(now.side, base.side);
      expect(back).toMatchObject({ added: expected.removed, removed: expected.added, changed: expected.changed });
    }
  }
});

test('a version has no difference to itself, and to an empty one all of it', async () => {
  const some = await write(rowsOf(100));
  const none = await write([]);
  expect(await diffVersions(some.side, some.side)).toMatchObject({ unchanged: 100, changes: [] });
  expect(await diffVersions(none.side, some.side)).toMatchObject({ added: 100, removed: 0, changed: 0, unchanged: 0 });
  expect(await diffVersions(some.side, none.side)).toMatchObject({ added: 0, removed: 100, unchanged: 0 });
});

test('a chunk that was damaged on the disk is an error, not rows', async () => {
  const { chunks, reader } = await write(rowsOf(50, 90_000));
  const [path] = await objects.withFiles(
    [{ projectId, kind: chunkKind, sha256: chunks[0]!.sha256 }],
    async (paths) => paths,
  );
  await writeFile(path!, 'no chunk');
  await expect(all(reader)).rejects.toMatchObject({ code: 'data.store_damaged' });
});

test.each([
  ['half a surrogate pair', { a: 'x', b: ['\ud83d'] }, 'b'],
  ['an empty key', { key: '' }, 'key'],
  ['a key that repeats', { key: 'k1' }, 'key'],
])('a row with %s is refused by its column', async (_, row, column) => {
  const rows = [{ key: 'k1' }, { key: 'k2', ...row }];
  await expect(write(rows, ['key'])).rejects.toMatchObject({ code: 'data.row_invalid', place: { row: 2, column } });
});

test('canonical JSON does not depend on the order of keys', () => {
  expect(canonicalJson({ b: [{ y: 1, x: null }], a: 'é"' })).toBe('{"a":"é\\"","b":[{"x":null,"y":1}]}');
});
