import { throughOutages, until } from '@llmops/testing';
import { afterAll, expect, test } from 'vitest';
import { createApp } from '../src/app.ts';
import { migrationsFolder } from '../src/db/migrate.ts';

let outages: Awaited<ReturnType<typeof throughOutages>> | undefined;
afterAll(() => outages?.stop());

test('Postgres stopped and started, NATS restarted, the service booted without Postgres: every call once', async () => {
  outages = await throughOutages({
    service: 'observability',
    migrationsFolder,
    boot: (config) =>
      createApp({
        ...config,
        OBSERVABILITY_RETENTION_DAYS: 30,
        OBSERVABILITY_METRICS_RETENTION_DAYS: 400,
        OBSERVABILITY_LINGER_MS: 5,
      }),
  });
  const { readyWithoutPostgres, sent, query } = outages;
  expect(readyWithoutPostgres).toBe(false);
  const stored = await until(async () => {
    const rows = await query<{ id: string }>('select id from observability.calls');
    return rows.length >= sent.length ? rows.map((row) => row.id) : undefined;
  }, 40_000);
  expect(stored.sort()).toEqual(sent.sort());
  const [row] = await query<{ sum: string }>(
    'select sum(requests) as sum from observability.metrics where width_s = 60',
  );
  expect(Number(row!.sum)).toBe(sent.length);
}, 90_000);
