import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { gitConnector } from './git.ts';

let root: string;
let allowed: string;

beforeAll(async () => {
  root = await realpath(await mkdtemp(join(tmpdir(), 'llmops-git-test-')));
  allowed = join(root, 'allowed');
  const repository = join(allowed, 'our wiki');
  await mkdir(repository, { recursive: true });
  const git = (...args: string[]) =>
    execFileSync('git', ['-C', repository, '-c', 'user.name=t', '-c', 'user.email=t@example.org', ...args]);
  git('init', '-q', '-b', 'main');
  await writeFile(join(repository, 'a.md'), 'A');
  git('add', '.');
  git('commit', '-qm', 'first');
});
afterAll(() => rm(root, { recursive: true, force: true }));

async function paths(url: string, allowsPrivate = true): Promise<string[]> {
  const options = { url, ref: '', subdirectory: '', token: 'token' };
  const connector = gitConnector(options, [allowed], { allowsPrivate }, () => true);
  const found: string[] = [];
  try {
    for await (const item of connector.items(new AbortController().signal)) found.push(item.path);
  } finally {
    await connector.close!();
  }
  return found;
}

test('a repository in a folder whose name has blanks is read', async () => {
  expect(await paths(pathToFileURL(join(allowed, 'our wiki')).href)).toEqual(['a.md']);
});

test('an address of a file names no host: git would take it for the first folder of the path', async () => {
  const { pathname } = pathToFileURL(allowed);
  await expect(paths(`file://srv${pathname}`)).rejects.toMatchObject({ code: 'data.origin_forbidden' });
});

test('the address that was checked is the one that git is given', async () => {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(request.url!);
    response.writeHead(404).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  // Ours: host 127.0.0.1, port 1, path /@localhost…; git's: the name 127.0.0.1:1\\ at localhost.
  await expect(paths(`http://127.0.0.1:1\\@localhost:${port}/x`)).rejects.toMatchObject({ code: 'data.origin_failed' });
  expect(asked).toEqual([]);
  await expect(paths(`http://localhost:${port}/x`)).rejects.toMatchObject({
    message: expect.stringContaining('not found'),
  });
  expect(asked).not.toEqual([]);
  server.close();
});

test.each(['http://127.0.0.1:1/x', 'http://[::1]:1/x', 'http://localhost:1/x', 'http://2130706433:1/x'])(
  'without leave no private address is reached: %s',
  async (url) => {
    await expect(paths(url, false)).rejects.toMatchObject({ code: 'data.origin_forbidden' });
    await expect(paths(url)).rejects.toMatchObject({
      code: 'data.origin_failed',
      message: expect.stringContaining('onnect'),
    });
  },
);
