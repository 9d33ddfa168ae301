import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { createDatabase, type Database } from '@llmops/db';
import {
  defaultCacheDir,
  ensureBinaries,
  freePort,
  type NatsServer,
  prepareDatabase,
  startNats,
} from '@llmops/embedded';
import { sql } from 'drizzle-orm';
import { inject } from 'vitest';

export interface RestartableNats {
  url: string;
  server: NatsServer;
  /** SIGKILL, then the same store on the same port. */
  restart(downMs?: number): Promise<void>;
  stop(): Promise<unknown>;
}

export async function startRestartableNats(): Promise<RestartableNats> {
  const binaries = await ensureBinaries({ cacheDir: defaultCacheDir() });
  const port = await freePort();
  const dataDir = join(inject('scratchDir' as never), `nats-${randomBytes(4).toString('hex')}`);
  const start = () => startNats({ binaries, dataDir, port, password: 'test' });
  const nats: RestartableNats = {
    server: await start(),
    url: '',
    restart: async (downMs = 0) => {
      process.kill(nats.server.pid, 'SIGKILL');
      await nats.server.exited;
      await new Promise((resolve) => setTimeout(resolve, downMs));
      nats.server = await start();
    },
    stop: () => nats.server.stop(),
  };
  nats.url = nats.server.url;
  return nats;
}

/** A database with the schema `cost`, as its app role, and these statements run by its owner. */
export async function startDatabase(...statements: string[]): Promise<Database> {
  const admin = await prepareDatabase(inject('postgresUrl' as never), {
    database: `test_${randomBytes(6).toString('hex')}`,
    passwords: { cost_app: 'test', cost_owner: 'test' },
  });
  const as = (username: string) => Object.assign(new URL(admin), { username, password: 'test' }).href;
  const owner = createDatabase({ url: as('cost_owner'), maxConnections: 1 });
  for (const statement of statements) await owner.tx({}, (tx) => tx.execute(sql.raw(statement)));
  await owner.close();
  return createDatabase({ url: as('cost_app') });
}
