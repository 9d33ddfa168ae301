import { setTimeout as sleep } from 'node:timers/promises';
import { type Database, jobsTable, outboxTable, systemTenant } from '@llmops/db';
import { eq } from 'drizzle-orm';
import { pgSchema } from 'drizzle-orm/pg-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { AppError } from '../src/errors/index.ts';
import { Outbox } from '../src/events/index.ts';
import { connectNats, createLogger, type Nats } from '../src/index.ts';
import { enqueueJob, type JobHandler, JobWorker, requestCancel } from '../src/jobs/index.ts';
import { type RestartableNats, startDatabase, startRestartableNats } from './fixtures.ts';

const log = createLogger('test', 'silent');
const schema = pgSchema('cost');
const tables = { jobs: jobsTable(schema), outbox: outboxTable(schema) };

let server: RestartableNats;
let nats: Nats;
let database: Database;
let outbox: Outbox;
const workers: JobWorker[] = [];

beforeAll(async () => {
  server = await startRestartableNats();
  nats = await connectNats(server.url, 'test');
  database = await startDatabase(
    `create table cost.outbox (id bigserial primary key, subject text not null, headers jsonb not null default '{}', payload text not null, create_time timestamptz not null default now())`,
    `create table cost.jobs (id text primary key, kind text not null, organization_id text not null, project_id text not null, state text not null default 'queued', attempt int not null default 0, lease_expire_time timestamptz, cancel_requested boolean not null default false, input jsonb not null, progress jsonb not null default '{}', result jsonb, error text, create_time timestamptz not null default now(), update_time timestamptz not null default now())`,
  );
  outbox = new Outbox(database, tables.outbox, nats, log);
  outbox.start();
});
afterEach(async () => {
  for (const worker of workers.splice(0)) await worker.stop();
});
afterAll(async () => {
  await outbox?.stop();
  await nats?.drain();
  await database?.close();
  await server?.stop();
});

async function work(kind: string, handle: JobHandler): Promise<JobWorker> {
  const worker = new JobWorker({ nats, database, jobs: tables.jobs, service: 'cost', kind, log, handle });
  await worker.start();
  workers.push(worker);
  return worker;
}

async function enqueue(kind: string): Promise<string> {
  const input = { service: 'cost', kind, organizationId: 'o', projectId: 'p', input: { items: 5 } };
  const id = await database.tx(systemTenant, (tx) => enqueueJob(tx, tables, input));
  await outbox.flush();
  return id;
}

const row = async (id: string) => {
  const [found] = await database.tx(systemTenant, (tx) => tx.select().from(tables.jobs).where(eq(tables.jobs.id, id)));
  return found!;
};

test('a job runs once, with its input, and leaves its progress and result', async () => {
  let runs = 0;
  await work('plain', async ({ job, progress }) => {
    runs += 1;
    progress({ done: (job.input as { items: number }).items });
    return { sum: 15 };
  });
  const id = await enqueue('plain');
  await expect.poll(async () => (await row(id)).state, { timeout: 10_000 }).toBe('succeeded');
  expect(await row(id)).toMatchObject({
    attempt: 1,
    progress: { done: 5 },
    result: { sum: 15 },
    leaseExpireTime: null,
  });
  expect(runs).toBe(1);
});

test('a job that fails is tried three times, then is failed with its reason', async () => {
  let runs = 0;
  await work('failing', async () => {
    runs += 1;
    throw new Error('disk full');
  });
  const id = await enqueue('failing');
  await expect.poll(async () => (await row(id)).state, { timeout: 20_000 }).toBe('failed');
  expect(await row(id)).toMatchObject({ attempt: 3, error: 'disk full' });
  expect(runs).toBe(3);
});

test('a job whose input is at fault is failed at once', async () => {
  let runs = 0;
  await work('refused', async () => {
    runs += 1;
    throw new AppError({ code: 'cost.row_invalid', category: 'invalid', message: 'row 3 is no row' });
  });
  const id = await enqueue('refused');
  await expect.poll(async () => (await row(id)).state, { timeout: 10_000 }).toBe('failed');
  expect(await row(id)).toMatchObject({ attempt: 1, error: 'row 3 is no row' });
  expect(runs).toBe(1);
});

test('a running job that is cancelled stops and stays cancelled', async () => {
  await work('long', async ({ signal }) => {
    while (!signal.aborted) await sleep(10);
    throw signal.reason;
  });
  const id = await enqueue('long');
  await expect.poll(async () => (await row(id)).state, { timeout: 10_000 }).toBe('running');
  await database.tx(systemTenant, (tx) => requestCancel(tx, tables.jobs, id));
  await expect.poll(async () => (await row(id)).state, { timeout: 10_000 }).toBe('cancelled');
});

test('a job whose worker stops is taken up by the next one, which sees how far it was', async () => {
  const seen: unknown[] = [];
  const first = await work('resumed', async ({ signal, progress }) => {
    progress({ done: 3 });
    while (!signal.aborted) await sleep(10);
    throw new Error('stopped');
  });
  const id = await enqueue('resumed');
  await expect.poll(async () => (await row(id)).progress, { timeout: 10_000 }).toEqual({ done: 3 });
  await first.stop();
  await work('resumed', async ({ job }) => {
    seen.push(job.progress);
    return {};
  });
  await expect.poll(async () => (await row(id)).state, { timeout: 20_000 }).toBe('succeeded');
  expect(seen).toEqual([{ done: 3 }]);
});

test('two workers do not run the same job', async () => {
  let running = 0;
  let most = 0;
  const handle: JobHandler = async () => {
    running += 1;
    most = Math.max(most, running);
    await sleep(300);
    running -= 1;
    return {};
  };
  await work('shared', handle);
  await work('shared', handle);
  const id = await enqueue('shared');
  // The message arriving a second time, as after a lost acknowledgement.
  await nats.jetstream.publish('llmops.cost.jobs.shared', id);
  await expect.poll(async () => (await row(id)).state, { timeout: 10_000 }).toBe('succeeded');
  await sleep(500);
  expect(most).toBe(1);
  expect(await row(id)).toMatchObject({ attempt: 1 });
});
