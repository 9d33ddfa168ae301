import { setTimeout as sleep } from 'node:timers/promises';
import { createDatabase } from '@llmops/db';
import type { DatabaseConfig, RunningService } from '@llmops/platform';
import { startCallPublisher } from './call-publisher.ts';
import { startOwnServers } from './own-servers.ts';
import { isReady, testServiceConfig, untilReady } from './service.ts';

export interface OutageOptions {
  /** One that reads the calls of the edge. */
  service: string;
  migrationsFolder: string;
  boot: (config: DatabaseConfig) => Promise<RunningService>;
}

export interface Outages {
  readyWithoutPostgres: boolean;
  /** Ids of all calls that were published. */
  sent: string[];
  /** As superuser. */
  query<T extends object>(sql: string): Promise<T[]>;
  stop(): Promise<void>;
}

/**
 * Boots a service without its Postgres, then publishes calls all the while: Postgres comes, goes away in the middle and
 * comes back, NATS is restarted meanwhile.
 */
export async function throughOutages({ service: name, migrationsFolder, boot }: OutageOptions): Promise<Outages> {
  const servers = await startOwnServers(name, migrationsFolder);
  const stops = [() => servers.stop()];
  const stop = async () => {
    for (const each of stops.splice(0).reverse()) await each();
  };
  try {
    const { nats, postgres } = servers;
    await postgres.stop();
    const service = await boot({ ...testServiceConfig(nats.url), DATABASE_URL: servers.databaseUrl });
    stops.push(() => service.stop());
    const readyWithoutPostgres = await isReady(service);
    const publisher = await startCallPublisher(nats.url);
    stops.push(() => publisher.stop());
    await publisher.publish();
    await postgres.start();
    await untilReady(service);
    for (let i = 0; i < 30; i += 1) {
      await publisher.publish();
      if (i === 10) await postgres.stop();
      if (i === 15) {
        await nats.stop();
        await nats.start();
      }
      if (i === 20) await postgres.start();
      await sleep(20);
    }
    const admin = createDatabase({ url: servers.adminUrl, maxConnections: 1 });
    stops.push(() => admin.close());
    const query = async <T extends object>(sql: string) => (await admin.pool.query<T>(sql)).rows;
    return { readyWithoutPostgres, sent: publisher.sent, query, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
