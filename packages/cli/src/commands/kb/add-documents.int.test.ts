import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLlmops } from '@llmops/sdk';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { addDocuments, filesOf } from './add-documents.ts';

let folder: string;
let server: Server;
let baseUrl: string;
let taken: string[];
let statusOf: (name: string) => number;
let atOnce: number;
let mostAtOnce: number;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'llmops-add-'));
  await mkdir(join(folder, 'my notes', '.hidden'), { recursive: true });
  await mkdir(join(folder, 'other'));
  for (const path of ['my notes/a b.md', 'my notes/ü.md', 'my notes/.hidden/x.md', 'other/a b.md']) {
    await writeFile(join(folder, path), path);
  }
  server = createServer(async (request, response) => {
    atOnce += 1;
    mostAtOnce = Math.max(mostAtOnce, atOnce);
    for await (const _ of request);
    await new Promise((resolve) => setTimeout(resolve, 2));
    const name = new URL(request.url!, baseUrl).searchParams.get('displayName')!;
    const status = statusOf(name);
    if (status === 200) taken.push(name);
    atOnce -= 1;
    response.writeHead(status, { 'content-type': 'application/json' });
    response.end(status === 200 ? '{}' : JSON.stringify({ code: 'x', title: 'x', detail: `no ${name}` }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(async () => {
  server.close();
  await rm(folder, { recursive: true, force: true });
});
beforeEach(() => {
  taken = [];
  statusOf = () => 200;
  atOnce = 0;
  mostAtOnce = 0;
});

const add = (files: Awaited<ReturnType<typeof filesOf>>) => {
  const connection = { llmops: createLlmops({ baseUrl, apiKey: 'key' }), project: 'prj_1', baseUrl, apiKey: 'key' };
  return addDocuments(connection, files, { knowledgeBase: 'kb_1' }, { at: () => {}, end: () => {} });
};

test('files are named below the folder that was given, whatever their names hold', async () => {
  const files = await filesOf([join(folder, 'my notes')]);
  expect(files.map(({ name }) => name)).toEqual(['a b.md', 'ü.md']);
  expect((await filesOf([folder])).map(({ name }) => name)).toEqual([
    'my notes/a b.md',
    'my notes/ü.md',
    'other/a b.md',
  ]);
  await add(await filesOf([folder]));
  expect(taken.sort()).toEqual(['my notes/a b.md', 'my notes/ü.md', 'other/a b.md']);
});

test('files that would take each other’s place are refused before anything is sent', async () => {
  const two = [join(folder, 'my notes'), join(folder, 'other')];
  await expect(filesOf(two)).rejects.toThrow(/are both named a b.md/);
  await expect(filesOf([join(folder, 'absent')])).rejects.toThrow(/no such file/);
});

test('a file that is refused is told and the others go on, a few at a time', async () => {
  const path = join(folder, 'other/a b.md');
  const files = Array.from({ length: 40 }, (_, n) => ({ path, name: `${n}.md` }));
  statusOf = (name) => (name === '7.md' ? 413 : 200);
  expect(await add(files)).toEqual([{ name: '7.md', message: 'no 7.md' }]);
  expect(taken).toHaveLength(39);
  expect(mostAtOnce).toBeGreaterThan(1);
  expect(mostAtOnce).toBeLessThanOrEqual(4);
});

test('what no file can help ends the sending', async () => {
  const path = join(folder, 'other/a b.md');
  statusOf = () => 403;
  await expect(add(Array.from({ length: 40 }, (_, n) => ({ path, name: `${n}.md` })))).rejects.toMatchObject({
    status: 403,
  });
  expect(taken).toEqual([]);
});
