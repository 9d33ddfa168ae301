import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Harness, startHarness } from './harness.ts';

let gateway: Harness;
let directory = '';

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'llmops-console-'));
  await mkdir(join(directory, 'assets'));
  await writeFile(join(directory, 'index.html'), '<title>console</title>');
  await writeFile(join(directory, 'assets/app-1a2b.js'), 'export {}');
  gateway = await startHarness({ CONSOLE_DIR: directory });
});
afterAll(() => gateway?.stop());

const get = (path: string) => fetch(`${gateway.base}${path}`);

test('every page of the console is its index, under a policy that lets no foreign script in', async () => {
  for (const path of ['/', '/login', '/p/prj_1/traces/abc?x=1', '/p/prj_1/sessions/user.123']) {
    const response = await get(path);
    expect(await response.text()).toContain('console');
    expect(response.headers.get('content-security-policy')).toContain("default-src 'self'");
    expect(response.headers.get('cache-control')).toBe('no-cache');
  }
});

test('assets are kept for ever, and a missing one is a 404', async () => {
  const asset = await get('/assets/app-1a2b.js');
  expect(asset.headers.get('cache-control')).toContain('immutable');
  expect((await get('/assets/gone.js')).status).toBe(404);
});

test('a console built anew while the gateway runs is served', async () => {
  await writeFile(join(directory, 'assets/app-3c4d.js'), 'export {}');
  expect((await get('/assets/app-3c4d.js')).status).toBe(200);
});

test('no path leaves the folder', async () => {
  for (const path of ['/..%2f..%2fetc%2fpasswd.txt', '/assets/..%2f..%2fpackage.json', '/%2e%2e/x.js']) {
    expect([403, 404]).toContain((await get(path)).status);
  }
});

test('the APIs are not shadowed by pages', async () => {
  expect((await get('/v1/models')).status).toBe(401);
  expect((await get('/v1/nothing')).status).toBe(404);
  expect((await get('/api/v1/nothing')).headers.get('content-type')).toContain('problem+json');
});
