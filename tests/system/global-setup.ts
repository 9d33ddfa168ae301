import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { llmops } from './support/cli.ts';
import './support/provided.ts';

/**
 * The whole platform as a user starts it, once for all system tests: every service its own process under the
 * supervisor, real Postgres, NATS and models. `LLMOPS_TEST_HOME` keeps the state (and the models) between runs.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const kept = process.env['LLMOPS_TEST_HOME'];
  const home = kept ?? (await mkdtemp(join(tmpdir(), 'llmops-system-')));
  await llmops(home, 'up', '--detach', '--port', '0', '--json');
  const credentials = JSON.parse(await readFile(join(home, 'credentials.json'), 'utf8'));
  project.provide('home', home);
  project.provide('credentials', credentials);
  return async () => {
    await llmops(home, 'down');
    if (kept === undefined) await rm(home, { recursive: true, force: true });
  };
}
