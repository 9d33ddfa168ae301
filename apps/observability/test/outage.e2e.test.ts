import {
  isReady,
  publishThroughOutages,
  startCallPublisher,
  startOwnServers,
  testServiceConfig,
  until,
  untilReady,
} from '@llmops/testing';
import pg from 'pg';
import { afterAll, expect, test } from 'vitest';
import { createApp } from '../src/app.ts';
import { migrationsFolder } from '../src/db/migrate.ts';

const stops: (() => Promise<unknown>)[] = [];
afterAll(async () => {
  for (const stop of stops.reverse()) await stop();
});

test('Postgres stopped and started, NATS restarted, the service booted without Postgres: every call once', async () => {
  const servers = await startOwnServers('observability', migrationsFolder);
  stops.push(() => servers.stop());
  await servers.postgres.stop();
  const service = await createApp({
    ...testServiceConfig(servers.nats.url),
    DATABASE_URL: servers.databaseUrl,
    OBSERVABILITY_RETENTION_DAYS: 30,
    OBSERVABILITY_METRICS_RETENTION_DAYS: 400,
    OBSERVABILITY_LINGER_MS: 5,
  });
  stops.push(() => service.stop());
  expect(await isReady(service)).toBe(false);

  const publisher = await startCallPublisher(servers.nats.url);
  stops.push(() => publisher.stop());
  await publisher.publish();
  await servers.postgres.start();
  await untilReady(service);
  await publishThroughOutages(publisher, servers);

  const { sent } = publisher;
  const admin = new pg.Pool({ connectionString: servers.adminUrl, max: 1 });
  stops.push(() => admin.end());
  const stored = await until(async () => {
    const { rows } = await admin.query<{ id: string }>('select id from observability.calls');
    return rows.length >= sent.length ? rows.map((row) => row.id) : undefined;
  }, 40_000);
  expect(stored.sort()).toEqual(sent.sort());
  const { rows } = await admin.query<{ sum: string }>(
    'select sum(requests) as sum from observability.metrics where width_s = 60',
  );
  expect(Number(rows[0]!.sum)).toBe(sent.length);
}, 90_000);
