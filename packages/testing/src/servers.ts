import { join } from 'node:path';
import { defaultCacheDir, ensureBinaries, freePort, startPostgres } from '@llmops/embedded';
import { GenericContainer, Wait } from 'testcontainers';

export interface StartedPostgres {
  /** The superuser's. */
  url: string;
  stop(): Promise<unknown>;
}

const password = 'test';

export async function startEmbedded(scratchDir: string): Promise<StartedPostgres> {
  const binaries = await ensureBinaries({ cacheDir: defaultCacheDir() });
  const dataDir = join(scratchDir, 'postgres');
  const settings = { max_connections: '200' };
  return startPostgres({ binaries, dataDir, port: await freePort(), password, durable: false, settings });
}

export async function startContainer(): Promise<StartedPostgres> {
  const container = await new GenericContainer(process.env['LLMOPS_TEST_POSTGRES_IMAGE'] ?? 'pgvector/pgvector:pg18')
    .withEnvironment({ POSTGRES_PASSWORD: password })
    .withExposedPorts(5432)
    .withWaitStrategy(Wait.forLogMessage(/ready to accept connections/, 2))
    .start();
  const address = `${container.getHost()}:${container.getMappedPort(5432)}`;
  return { url: `postgres://postgres:${password}@${address}/postgres`, stop: () => container.stop() };
}
