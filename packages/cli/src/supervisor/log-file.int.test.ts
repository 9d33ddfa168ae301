import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { LogFile, tailOf } from './log-file.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'llmops-log-'));
});
afterEach(() => rm(folder, { recursive: true }));

test('a log keeps its newest lines and never takes more than three times its limit', async () => {
  const path = join(folder, 'x.log');
  const log = new LogFile(path, 1000);
  for (let index = 0; index < 500; index++) log.write(`line ${index}\n`);
  log.close();
  const names = await readdir(folder);
  expect(names.sort()).toEqual(['x.log', 'x.log.1', 'x.log.2']);
  for (const name of names) expect((await stat(join(folder, name))).size).toBeLessThanOrEqual(1000);
  expect(await readFile(path, 'utf8')).toMatch(/line 499\n$/);
});

test('a log that is opened again goes on where it was', () => {
  const path = join(folder, 'x.log');
  for (const text of ['a', 'b']) {
    const log = new LogFile(path);
    log.write(`${text}\n`);
    log.close();
  }
  expect(tailOf(path, 5)).toBe('a\nb');
});

test('the tail of a log that is not there is empty', () => {
  expect(tailOf(join(folder, 'none.log'), 5)).toBe('');
});
