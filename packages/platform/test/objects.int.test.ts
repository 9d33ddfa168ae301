import { createHash } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, utimes } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type ObjectKey, type ObjectStore, openObjects } from '../src/objects/index.ts';
import { type FakeS3, startFakeS3 } from './fake-s3.ts';

let root: string;
let s3: FakeS3;
let objects: ObjectStore;

const content = Buffer.from('content');
const hashOf = (text: string | Buffer) => createHash('sha256').update(text).digest('hex');
const sha256 = hashOf(content);
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

const s3Settings = {
  OBJECTS_S3_ENDPOINT: 'http://127.0.0.1:1',
  OBJECTS_S3_REGION: 'us-east-1',
  OBJECTS_S3_ACCESS_KEY_ID: 'key',
  OBJECTS_S3_SECRET_ACCESS_KEY: 'secret',
};

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'llmops-objects-'));
  s3 = await startFakeS3('bucket', 'key');
});
afterEach(async () => {
  await s3.stop();
  await rm(root, { recursive: true, force: true });
});

const drivers = {
  files: {
    open: () => openObjects({ OBJECTS_DIR: root, ...s3Settings }, 'data'),
    stored: async () => (await filesBelow()).length,
    setTime: async (time: Date) => {
      const [path] = await objects.withFiles([key], async (paths) => paths);
      await utimes(path!, time, time);
    },
  },
  s3: {
    open: () =>
      openObjects(
        { OBJECTS_DIR: root, ...s3Settings, OBJECTS_S3_BUCKET: 'bucket', OBJECTS_S3_ENDPOINT: s3.endpoint },
        'data',
      ),
    stored: async () => s3.objects.size + (await filesBelow()).length,
    setTime: async (time: Date) => {
      for (const object of s3.objects.values()) object.time = time;
    },
  },
};

describe.each(['files', 's3'] as const)('%s', (driver) => {
  const { open, stored, setTime } = drivers[driver];

  beforeEach(() => {
    objects = open();
  });

  test('what was put is read back, whole and from a place on, and is stored once', async () => {
    expect(await objects.put(key, content)).toBe(true);
    expect(await objects.put(key, content)).toBe(false);
    expect(await objects.get(key)).toEqual(content);
    expect(Buffer.concat(await all(objects.read(key, { start: 3 }))).toString()).toBe('tent');
    expect(await objects.stat(key)).toMatchObject({ sha256, sizeBytes: 7 });
    expect(await stored()).toBe(1);
  });

  test('a stream is stored under the hash of its bytes', async () => {
    const place = { projectId: 'prj_one', kind: 'chunks' };
    expect(await objects.putStream(place, pieces('con', 'tent'))).toMatchObject({ sha256, sizeBytes: 7, added: true });
    expect(await objects.putStream(place, pieces('content'))).toMatchObject({ sha256, added: false });
    expect(await objects.get(key)).toEqual(content);
    expect(await stored()).toBe(1);
  });

  test('a stream that breaks or is too long leaves nothing', async () => {
    const place = { projectId: 'prj_one', kind: 'files' };
    await expect(objects.putStream(place, pieces('some', new Error('cut')))).rejects.toThrow('cut');
    await expect(objects.putStream(place, pieces('some', 'more'), { maxBytes: 7 })).rejects.toMatchObject({
      code: 'platform.object_too_large',
    });
    expect(await stored()).toBe(0);
  });

  test("a project's objects are another's neither by name nor in lists", async () => {
    await objects.put(key, content);
    const foreign = { ...key, projectId: 'prj_two' };
    await expect(objects.get(foreign)).rejects.toMatchObject({ code: 'platform.object_not_found' });
    await expect(all(objects.read(foreign))).rejects.toMatchObject({ code: 'platform.object_not_found' });
    expect(await objects.stat(foreign)).toBeUndefined();
    expect(await all(objects.list(foreign))).toEqual([]);
    expect(await all(objects.list(key))).toMatchObject([{ sha256, sizeBytes: 7 }]);
    expect(await objects.projects()).toEqual(['prj_one']);
  });

  test('lists are complete, however many objects there are', async () => {
    const hashes = Array.from({ length: 10 }, (_, i) => hashOf(String(i)));
    for (const each of hashes) await objects.put({ ...key, sha256: each }, content);
    expect((await all(objects.list(key))).map((object) => object.sha256).sort()).toEqual(hashes.sort());
  });

  test.each(['../prj_two', 'a/b', '', '.incoming'])('%j is no part of a path', async (projectId) => {
    await expect(objects.put({ ...key, projectId }, content)).rejects.toThrow();
  });

  test('putting again what is old makes it young, so that a sweeper leaves it', async () => {
    await objects.put(key, content);
    await setTime(new Date(0));
    expect((await objects.stat(key))!.putTime.getTime()).toBe(0);
    expect(await objects.put(key, content)).toBe(false);
    expect((await objects.stat(key))!.putTime.getTime()).toBeGreaterThan(0);
    await objects.delete(key);
    await objects.delete(key);
    expect(await objects.stat(key)).toBeUndefined();
  });

  test('objects are files for as long as they are open', async () => {
    await objects.put(key, content);
    const { paths, close } = await objects.openFiles([key, key]);
    expect(await Promise.all(paths.map((path) => readFile(path)))).toEqual([content, content]);
    await close();
    expect(await stored()).toBe(1);
    const missing = objects.openFiles([key, { ...key, projectId: 'prj_two' }]);
    if (driver === 's3') await expect(missing).rejects.toMatchObject({ code: 'platform.object_not_found' });
    expect(await stored()).toBe(1);
  });
});

test('a bucket that fails for a moment is asked again, one that refuses is an error without our secret', async () => {
  objects = drivers.s3.open();
  s3.failNext(2);
  expect(await objects.put(key, content)).toBe(true);
  const settings = { OBJECTS_DIR: root, ...s3Settings, OBJECTS_S3_BUCKET: 'bucket', OBJECTS_S3_ENDPOINT: s3.endpoint };
  const stranger = openObjects({ ...settings, OBJECTS_S3_ACCESS_KEY_ID: 'nobody' }, 'data');
  const refused = stranger.put(key, content);
  await expect(refused).rejects.toMatchObject({ code: 'platform.objects_unavailable', category: 'unavailable' });
  await expect(refused).rejects.not.toThrow('secret');
});
