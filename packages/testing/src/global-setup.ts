import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import './provided.ts';
import { type StartedPostgres, startContainer, startEmbedded } from './servers.ts';

/**
 * One Postgres for the run, each test file in a database of its own. `LLMOPS_TEST_SERVERS=containers` takes containers
 * instead of the embedded binaries, for hosts with Docker.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const scratchDir = await mkdtemp(join(tmpdir(), 'llmops-test-'));
  const start = process.env['LLMOPS_TEST_SERVERS'] === 'containers' ? startContainer : startEmbedded;
  const postgres: StartedPostgres = await start(scratchDir);
  project.provide('postgresUrl', postgres.url);
  project.provide('scratchDir', scratchDir);
  return async () => {
    await postgres.stop();
    await rm(scratchDir, { recursive: true, force: true });
  };
}
