import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { migrate } from '@llmops/db';
import { defaultCacheDir, ensureBinaries, freePort, prepareDatabase, startNats, startPostgres } from '@llmops/embedded';
import { inject } from 'vitest';
import './provided.ts';

/** A server that a test takes away and brings back, with the same data on the same port. */
export interface Restartable {
  url: string;
  start(): Promise<void>;
  stop(): Promise<void>;
}

export interface OwnServers {
  nats: Restartable;
  postgres: Restartable;
  /** As `<service>_app`. */
  databaseUrl: string;
  /** As superuser. */
  adminUrl: string;
  stop(): Promise<void>;
}

const password = 'x';

/** Postgres and NATS of the test's own, with one service's schema: for tests in which a server goes away. */
export async function startOwnServers(service: string, migrationsFolder: string): Promise<OwnServers> {
  const binaries = await ensureBinaries({ cacheDir: defaultCacheDir() });
  const dataDir = join(inject('scratchDir'), `${service}-${randomBytes(4).toString('hex')}`);
  const postgresOptions = { binaries, dataDir: `${dataDir}-pg`, port: await freePort(), password, durable: false };
  const natsOptions = { binaries, dataDir: `${dataDir}-nats`, port: await freePort(), password };
  const postgres = await restartable(() => startPostgres(postgresOptions));
  const nats = await restartable(() => startNats(natsOptions));
  const passwords = { [`${service}_app`]: password, [`${service}_owner`]: password };
  const adminUrl = await prepareDatabase(postgres.url, { passwords });
  const as = (username: string) => Object.assign(new URL(adminUrl), { username, password }).href;
  await migrate({ ownerUrl: as(`${service}_owner`), service, folder: migrationsFolder });
  return {
    nats,
    postgres,
    databaseUrl: as(`${service}_app`),
    adminUrl,
    stop: async () => {
      await nats.stop();
      await postgres.stop();
    },
  };
}

async function restartable(start: () => Promise<{ url: string; stop(): Promise<unknown> }>): Promise<Restartable> {
  let server = await start();
  return {
    url: server.url,
    start: async () => {
      server = await start();
    },
    stop: async () => {
      await server.stop();
    },
  };
}
