import { createHash } from 'node:crypto';
import { mkdtemp, readdir, rm, utimes } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { FileObjects, type ObjectKey } from './index.ts';

let root: string;
let objects: FileObjects;

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'llmops-objects-'));
  objects = new FileObjects(join(root, 'data'));
});
afterEach(() => rm(root, { recursive: true, force: true }));

const content = Buffer.from('content');
const sha256 = createHash('sha256').update(content).digest('hex');
const key: ObjectKey = { projectId: 'prj_one', kind: 'chunks', sha256 };

async function* pieces(...parts: (string | Error)[]): AsyncIterable<Uint8Array> {
  for (const part of parts) {
    if (part instanceof Error) throw part;
    yield Buffer.from(part);
  }
}

async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = [];
  for await (const item of items) found.push(item);
  return found;
}

const filesBelow = async () =>
  (await readdir(root, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile());

test('what was put is read back, whole and from a place on, and is stored once', async () => {
  expect(await objects.put(key, content)).toBe(true);
  expect(await objects.put(key, content)).toBe(false);
  expect(await objects.get(key)).toEqual(content);
  expect(Buffer.concat(await all(objects.read(key, { start: 3 }))).toString()).toBe('tent');
  expect(await objects.stat(key)).toMatchObject({ sha256, sizeBytes: 7 });
  expect(await filesBelow()).toHaveLength(1);
  expect(await objects.withFiles([key], async (paths) => paths)).toEqual([expect.stringContaining(sha256)]);
});

test('a stream is stored under the hash of its bytes', async () => {
  const stored = await objects.putStream({ projectId: 'prj_one', kind: 'chunks' }, pieces('con', 'tent'));
  expect(stored).toMatchObject({ sha256, sizeBytes: 7, added: true });
  const again = await objects.putStream({ projectId: 'prj_one', kind: 'chunks' }, pieces('content'));
  expect(again).toMatchObject({ sha256, added: false });
  expect(await filesBelow()).toHaveLength(1);
});

test('a stream that breaks or is too long leaves nothing', async () => {
  const place = { projectId: 'prj_one', kind: 'files' };
  await expect(objects.putStream(place, pieces('some', new Error('cut')))).rejects.toThrow('cut');
  await expect(objects.putStream(place, pieces('some', 'more'), { maxBytes: 7 })).rejects.toMatchObject({
    code: 'platform.object_too_large',
  });
  expect(await filesBelow()).toEqual([]);
});

test("a project's objects are another's neither by name nor in lists", async () => {
  await objects.put(key, content);
  const foreign = { ...key, projectId: 'prj_two' };
  await expect(objects.get(foreign)).rejects.toMatchObject({ code: 'platform.object_not_found' });
  await expect(all(objects.read(foreign))).rejects.toMatchObject({ code: 'platform.object_not_found' });
  expect(await objects.stat(foreign)).toBeUndefined();
  expect(await all(objects.list(foreign))).toEqual([]);
  expect((await all(objects.list(key))).map((object) => object.sha256)).toEqual([sha256]);
  expect(await objects.projects()).toEqual(['prj_one']);
});

test.each(['../prj_two', 'a/b', '', '.incoming'])('%j is no part of a path', async (projectId) => {
  await expect(objects.put({ ...key, projectId }, content)).rejects.toThrow();
});

test('putting again what is there makes it young, so that a sweeper leaves it', async () => {
  await objects.put(key, content);
  const [path] = await objects.withFiles([key], async (paths) => paths);
  await utimes(path!, new Date(0), new Date(0));
  expect((await objects.stat(key))!.putTime.getTime()).toBe(0);
  await objects.put(key, content);
  expect((await objects.stat(key))!.putTime.getTime()).toBeGreaterThan(0);
  await objects.delete(key);
  await objects.delete(key);
  expect(await objects.stat(key)).toBeUndefined();
});
