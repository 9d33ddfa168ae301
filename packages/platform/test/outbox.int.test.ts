import { create } from '@bufbuild/protobuf';
import { CallsCompletedSchema } from '@llmops/contracts/gateway/v1/call';
import { addToOutbox, type Database, outboxTable, putKey, systemTenant } from '@llmops/db';
import { pgSchema } from 'drizzle-orm/pg-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type RequestContext, systemContext } from '../src/context/index.ts';
import {
  consumeEvents,
  contextOf,
  ensureEventStream,
  ensureStream,
  eventMessage,
  Outbox,
} from '../src/events/index.ts';
import { connectNats, createLogger, type Nats } from '../src/index.ts';
import { ensureBucket } from '../src/kv/index.ts';
import { type RestartableNats, startDatabase, startRestartableNats } from './fixtures.ts';

const log = createLogger('test', 'silent');
const outboxRows = outboxTable(pgSchema('cost'));
let server: RestartableNats;
let nats: Nats;
let database: Database;

beforeAll(async () => {
  server = await startRestartableNats();
  nats = await connectNats(server.url, 'test');
  await ensureStream(nats, { name: 'TEST', subjects: ['test.>'] });
  database = await startDatabase(
    `create table cost.outbox (id bigserial primary key, subject text not null, headers jsonb not null default '{}', payload text not null, create_time timestamptz not null default now())`,
  );
});
afterAll(async () => {
  await nats?.drain();
  await database?.close();
  await server?.stop();
});

test('the outbox sends in order what a transaction added, once it committed, through a restart of NATS', async () => {
  const bucket = await ensureBucket(nats, 'order');
  const outbox = new Outbox(database, outboxRows, nats, log);
  outbox.start();
  const add = (value: string) =>
    database.tx(systemTenant, (tx) => addToOutbox(tx, outboxRows, putKey('order', 'k', value)));
  await expect(
    database.tx(systemTenant, async (tx) => {
      await addToOutbox(tx, outboxRows, putKey('order', 'k', 'rolled back'));
      throw new Error('rolled back');
    }),
  ).rejects.toThrow();
  await add('1');
  const restarting = server.restart(300);
  for (let i = 2; i <= 20; i += 1) await add(String(i));
  await restarting;
  await expect.poll(async () => (await bucket.get('k'))?.string(), { timeout: 15_000 }).toBe('20');
  await expect.poll(async () => (await database.pool.query('select id from cost.outbox')).rowCount).toBe(0);
  await outbox.stop();
});

test('a verb whose effect cannot be sent now returns, and the effect comes when NATS is back', async () => {
  const bucket = await ensureBucket(nats, 'later');
  const outbox = new Outbox(database, outboxRows, nats, log);
  const restarting = server.restart(6_000);
  await database.tx(systemTenant, (tx) => outbox.add(tx, putKey('later', 'k', 'v')));
  await outbox.flush();
  await restarting;
  outbox.start();
  await expect.poll(async () => (await bucket.get('k'))?.string(), { timeout: 15_000 }).toBe('v');
  await outbox.stop();
});

test('an event carries the tenant, the actor and the trace of who caused it to its consumer', async () => {
  await ensureEventStream(nats, CallsCompletedSchema);
  const outbox = new Outbox(database, outboxRows, nats, log);
  const cause = systemContext({ actor: 'usr_1', organizationId: 'org_1', projectId: 'prj_1', requestId: 'req_1' });
  const event = eventMessage(
    'gateway',
    CallsCompletedSchema,
    create(CallsCompletedSchema, { calls: [{ id: 'c1' }] }),
    cause,
  );
  await database.tx(systemTenant, (tx) => outbox.add(tx, event));
  await outbox.flush();
  const contexts: RequestContext[] = [];
  const reader = await consumeEvents({
    nats,
    log,
    event: CallsCompletedSchema,
    durable: 'origin',
    handle: async (events) => {
      contexts.push(...events.map(contextOf));
    },
  });
  await expect.poll(() => contexts, { timeout: 10_000 }).toHaveLength(1);
  await reader.stop();
  const { actor, organizationId, projectId, requestId, trace } = cause;
  expect(contexts[0]).toMatchObject({ actor, organizationId, projectId, requestId, trace });
  await (await nats.manager()).streams.purge('GATEWAY');
});

test('a message that NATS refuses for good stays in the outbox and holds up only its own subject', async () => {
  const errors: unknown[] = [];
  const noted = { ...log, error: (...all: unknown[]) => errors.push(all), warn: () => {} } as unknown as typeof log;
  const outbox = new Outbox(database, outboxRows, nats, noted);
  await database.tx(systemTenant, (tx) =>
    outbox.add(
      tx,
      { subject: 'test.outbox.big', payload: 'x'.repeat(9 << 20) },
      { subject: 'test.outbox.big', payload: 'after' },
      { subject: 'nowhere.at.all', payload: '1' },
      { subject: 'test.outbox.fine', payload: '1' },
    ),
  );
  await outbox.flush();
  const { rows } = await database.pool.query('select subject from cost.outbox order by id');
  expect(rows.map(({ subject }) => subject)).toEqual(['test.outbox.big', 'test.outbox.big', 'nowhere.at.all']);
  expect(errors).toHaveLength(2);
  await database.pool.query('delete from cost.outbox');
});
