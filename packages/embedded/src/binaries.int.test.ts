import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ensureBinaries } from './binaries.ts';
import { run } from './process.ts';

let cacheDir: string;

beforeAll(async () => {
  cacheDir = await mkdtemp(join(tmpdir(), 'llmops-cache-'));
  await rm(cacheDir, { recursive: true });
});

afterAll(() => rm(cacheDir, { recursive: true, force: true }));

test('concurrent callers end with one working copy and no leftovers', async () => {
  const [first, second] = await Promise.all([ensureBinaries({ cacheDir }), ensureBinaries({ cacheDir })]);
  expect(first).toEqual(second);
  expect(await readdir(cacheDir)).toHaveLength(1);
  expect(await run(first.natsServer, ['--version'])).toContain('2.15.1');
  expect(await run(join(first.postgresBin, 'postgres'), ['--version'])).toContain('18.6');
});

test('what is there is not fetched again', async () => {
  const python = process.env['LLMOPS_PYTHON'];
  process.env['LLMOPS_PYTHON'] = '/no/such/python';
  try {
    await expect(ensureBinaries({ cacheDir })).resolves.toBeDefined();
    await expect(ensureBinaries({ cacheDir: `${cacheDir}-other` })).rejects.toThrow(/needs Python 3.10/);
  } finally {
    if (python === undefined) delete process.env['LLMOPS_PYTHON'];
    else process.env['LLMOPS_PYTHON'] = python;
    await rm(`${cacheDir}-other`, { recursive: true, force: true });
  }
});
