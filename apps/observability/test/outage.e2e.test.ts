import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { create, toJson } from '@bufbuild/protobuf';
import { type CallJson, CallSchema, CallsCompletedSchema } from '@llmops/contracts/gateway/v1/call';
import { migrate } from '@llmops/db';
import {
  defaultCacheDir,
  ensureBinaries,
  freePort,
  type PostgresServer,
  prepareDatabase,
  startNats,
  startPostgres,
} from '@llmops/embedded';
import { connectNats } from '@llmops/platform';
import { EventPublisher } from '@llmops/platform/events';
import { newTenant, testTokens, until } from '@llmops/testing';
import pg from 'pg';
import { afterAll, expect, inject, test } from 'vitest';
import { createApp } from '../src/app.ts';
import { migrationsFolder } from '../src/db/migrate.ts';
import { testCall } from './calls.ts';

const stops: (() => Promise<unknown>)[] = [];
afterAll(async () => {
  for (const stop of stops.reverse()) await stop();
});

test('Postgres stopped and started, NATS restarted, the service booted without Postgres: every call once', async () => {
  const binaries = await ensureBinaries({ cacheDir: defaultCacheDir() });
  const scratchDir = inject('scratchDir');
  const postgresOptions = {
    binaries,
    dataDir: join(scratchDir, 'observability-pg'),
    port: await freePort(),
    password: 'x',
  };
  let postgres: PostgresServer = await startPostgres({ ...postgresOptions, durable: false });
  stops.push(() => postgres.stop());
  const passwords = { observability_app: 'x', observability_owner: 'x' };
  const adminUrl = await prepareDatabase(postgres.url, { passwords });
  const as = (role: string) => adminUrl.replace('//postgres:', `//${role}:`);
  await migrate({ ownerUrl: as('observability_owner'), service: 'observability', folder: migrationsFolder });
  const natsOptions = {
    binaries,
    dataDir: join(scratchDir, 'observability-nats'),
    port: await freePort(),
    password: 'x',
  };
  let natsServer = await startNats(natsOptions);
  stops.push(() => natsServer.stop());
  const nats = await connectNats(natsServer.url, 'test');
  stops.push(() => nats.drain());

  await postgres.stop();
  const service = await createApp({
    GRPC_LISTEN: '127.0.0.1:0',
    HTTP_LISTEN: '127.0.0.1:0',
    NATS_URL: natsServer.url,
    INTERNAL_TOKEN_PUBLIC_KEY: testTokens().publicKey,
    LOG_LEVEL: 'silent',
    DATABASE_URL: as('observability_app'),
    OBSERVABILITY_RETENTION_DAYS: 30,
    OBSERVABILITY_METRICS_RETENTION_DAYS: 400,
    OBSERVABILITY_LINGER_MS: 5,
  });
  stops.push(() => service.stop());
  const ready = async () => (await fetch(`http://127.0.0.1:${service.httpPort}/readyz`)).status;
  expect(await ready()).toBe(503);

  const tenant = newTenant();
  const sent: string[] = [];
  // As the edge does it: a message whose acknowledgement was lost is sent again under the same id.
  const publisher = new EventPublisher<CallJson>({
    nats,
    source: 'gateway',
    event: CallsCompletedSchema,
    wrap: (calls) => ({ calls }),
    sizeOf: () => 1_000,
    timeoutMs: 30_000,
  });
  const publish = async () => {
    const calls = Array.from({ length: 10 }, () => testCall(tenant));
    await Promise.all(calls.map((call) => publisher.publish(toJson(CallSchema, create(CallSchema, call)))));
    sent.push(...calls.map((call) => call.id!));
  };
  await until(async () => (await nats.manager()).streams.info('GATEWAY'));
  await publish();
  postgres = await startPostgres({ ...postgresOptions, durable: false });
  await until(async () => (await ready()) === 200);
  // Publishes all the while; Postgres goes away in the middle, and so does NATS.
  for (let i = 0; i < 30; i += 1) {
    await publish();
    if (i === 10) await postgres.stop();
    if (i === 15) {
      await natsServer.stop();
      natsServer = await startNats(natsOptions);
    }
    if (i === 20) postgres = await startPostgres({ ...postgresOptions, durable: false });
    await sleep(20);
  }
  const admin = new pg.Pool({ connectionString: adminUrl, max: 1 });
  stops.push(() => admin.end());
  const stored = await until(async () => {
    const { rows } = await admin.query<{ id: string }>('select id as id from observability.calls');
    return rows.length >= sent.length ? rows.map((row) => row.id) : undefined;
  }, 40_000);
  expect(stored.sort()).toEqual(sent.sort());
  const { rows } = await admin.query<{ sum: string }>(
    'select sum(requests) as sum from observability.metrics where width_s = 60',
  );
  expect(Number(rows[0]!.sum)).toBe(sent.length);
}, 90_000);
