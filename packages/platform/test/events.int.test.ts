import { setTimeout as sleep } from 'node:timers/promises';
import { create } from '@bufbuild/protobuf';
import { CallsCompletedSchema } from '@llmops/contracts/gateway/v1/call';
import { addToOutbox, type Database, inboxTable, outboxTable, putKey, recordOnce, systemTenant } from '@llmops/db';
import { sql } from 'drizzle-orm';
import { pgSchema } from 'drizzle-orm/pg-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type RequestContext, systemContext } from '../src/context/index.ts';
import { AppError } from '../src/errors/index.ts';
import {
  type Consumed,
  consume,
  consumeEvents,
  contextOf,
  EventPublisher,
  ensureEventStream,
  ensureStream,
  eventMessage,
  Outbox,
  type RunningConsumer,
  replayDeadLetters,
} from '../src/events/index.ts';
import { connectNats, createLogger, type Nats } from '../src/index.ts';
import { ensureBucket, watchBucket } from '../src/kv/index.ts';
import { type RestartableNats, startDatabase, startRestartableNats } from './fixtures.ts';

const log = createLogger('test', 'silent');
const schema = pgSchema('cost');
const outboxRows = outboxTable(schema);
const inbox = inboxTable(schema);

let server: RestartableNats;
let nats: Nats;
let database: Database;
const consumers: RunningConsumer[] = [];

beforeAll(async () => {
  server = await startRestartableNats();
  nats = await connectNats(server.url, 'test');
  await ensureStream(nats, { name: 'TEST', subjects: ['test.>'] });
  database = await startDatabase(
    `create table cost.outbox (id bigserial primary key, subject text not null, headers jsonb not null default '{}', payload text not null, create_time timestamptz not null default now())`,
    'create table cost.inbox (durable text, message_id text, receive_time timestamptz default now(), primary key (durable, message_id))',
    'create table cost.effects (message_id text)',
  );
});
afterAll(async () => {
  for (const consumer of consumers) await consumer.stop();
  await nats?.drain();
  await database?.close();
  await server?.stop();
});

const publish = (subject: string, text: string, msgID = `${subject}-${text}`) =>
  nats.jetstream.publish(subject, text, { msgID });

function reading(
  durable: string,
  handle: (messages: Consumed[]) => Promise<void>,
  part: { batch?: number; ackWaitMs?: number; maxDeliveries?: number } = {},
) {
  const consumer = consume({ nats, log, stream: 'TEST', subjects: [`test.${durable}`], durable, handle, ...part });
  consumers.push(consumer);
  return consumer;
}

test('a poisonous message goes to the dead letters with its payload, the others go on, and a replay brings it back', async () => {
  const handled: string[] = [];
  let cured = false;
  reading('poison', async (messages) => {
    for (const { text } of messages) {
      if (text === 'bad' && !cured) throw new AppError({ code: 'x.y', category: 'invalid', message: 'cannot be read' });
    }
    handled.push(...messages.map(({ text }) => text));
  });
  for (const text of ['one', 'bad', 'two']) await publish('test.poison', text);
  await expect.poll(() => [...handled].sort()).toEqual(['one', 'two']);
  const manager = await nats.manager();
  await expect.poll(async () => (await manager.streams.info('DEAD_LETTERS')).state.messages).toBe(1);
  const letter = await manager.streams.getMessage('DEAD_LETTERS', { last_by_subj: 'dead-letters.poison' });
  expect(letter?.string()).toBe('bad');
  expect(letter?.header.get('llmops-error')).toBe('cannot be read');
  cured = true;
  expect(await replayDeadLetters(nats, 'poison')).toBe(1);
  await expect.poll(() => [...handled].sort()).toEqual(['bad', 'one', 'two']);
  expect((await manager.streams.info('DEAD_LETTERS')).state.messages).toBe(0);
});

test('a message that keeps failing is tried again before it goes to the dead letters', async () => {
  const deliveries: number[] = [];
  reading('flaky', async ([message]) => {
    deliveries.push(message!.delivery);
    if (message!.delivery < 3) throw new Error('not yet');
  });
  await publish('test.flaky', 'x');
  await expect.poll(() => deliveries, { timeout: 10_000 }).toEqual([1, 2, 3]);
});

test('a consumer that is deleted is made again and misses nothing that was not acknowledged', async () => {
  const handled: string[] = [];
  reading('deleted', async (messages) => {
    handled.push(...messages.map(({ text }) => text));
  });
  await publish('test.deleted', 'before');
  await expect.poll(() => handled).toContain('before');
  await (await nats.manager()).consumers.delete('TEST', 'deleted');
  await publish('test.deleted', 'after');
  await expect.poll(() => handled, { timeout: 15_000 }).toContain('after');
});

test('two replicas with a slow handler have each effect once, also when a message outlives its ack wait', async () => {
  const durable = 'slow';
  const handle = (messages: Consumed[]) =>
    database.tx(systemTenant, async (tx) => {
      const fresh = await recordOnce(
        tx,
        inbox,
        durable,
        messages.map(({ id }) => id),
      );
      for (const id of fresh) await tx.execute(sql`insert into cost.effects values (${id})`);
      await sleep(900);
    });
  reading(durable, handle, { batch: 5, ackWaitMs: 600 });
  reading(durable, handle, { batch: 5, ackWaitMs: 600 });
  for (let i = 0; i < 20; i += 1) await publish('test.slow', `m${i}`);
  const effects = async () =>
    (
      await database.pool.query<{ all: string; distinct: string }>(
        'select count(*) as all, count(distinct message_id) as distinct from cost.effects',
      )
    ).rows[0]!;
  await expect.poll(effects, { timeout: 20_000 }).toEqual({ all: '20', distinct: '20' });
  await sleep(1_500);
  expect(await effects()).toEqual({ all: '20', distinct: '20' });
});

test('an outage of the database holds messages back without spending their deliveries', async () => {
  let away = true;
  const deliveries: number[] = [];
  reading(
    'outage',
    async ([message]) => {
      if (away) throw Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' });
      deliveries.push(message!.delivery);
    },
    { maxDeliveries: 1 },
  );
  await publish('test.outage', 'x');
  await sleep(1_000);
  away = false;
  await expect.poll(() => deliveries, { timeout: 10_000 }).toEqual([1]);
});

test('a stopping consumer finishes the batch it has and leaves the rest to others', async () => {
  const handled: string[] = [];
  const one = reading(
    'stopping',
    async (messages) => {
      await sleep(200);
      handled.push(...messages.map(({ text }) => text));
    },
    { batch: 1 },
  );
  for (let i = 0; i < 4; i += 1) await publish('test.stopping', `m${i}`);
  await sleep(100);
  await one.stop();
  const finished = handled.length;
  expect(finished).toBeGreaterThan(0);
  reading('stopping', async (messages) => {
    handled.push(...messages.map(({ text }) => text));
  });
  await expect.poll(() => [...handled].sort(), { timeout: 10_000 }).toEqual(['m0', 'm1', 'm2', 'm3']);
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

test('a watched bucket holds what it should after NATS was restarted, deletions included', async () => {
  const bucket = await ensureBucket(nats, 'watched');
  await bucket.put('a', '1');
  await bucket.put('b', '1');
  const watched = watchBucket({ nats, log, bucket: 'watched', decode: (text) => text });
  await expect.poll(() => watched.ready).toBe(true);
  expect(Object.fromEntries(watched.entries)).toEqual({ a: '1', b: '1' });
  await server.restart(200);
  await expect
    .poll(
      () =>
        bucket.put('a', '2').then(
          () => true,
          () => false,
        ),
      { timeout: 15_000 },
    )
    .toBe(true);
  await bucket.delete('b');
  await bucket.put('c', '1');
  await expect.poll(() => Object.fromEntries(watched.entries), { timeout: 30_000 }).toEqual({ a: '2', c: '1' });
  watched.stop();
}, 60_000);

test('a watched bucket that is deleted and made again holds what is in the new one', async () => {
  const bucket = await ensureBucket(nats, 'remade');
  for (const key of ['a', 'b', 'c']) await bucket.put(key, '1');
  const watched = watchBucket({ nats, log, bucket: 'remade', decode: (text) => text });
  await expect.poll(() => watched.ready).toBe(true);
  await (await nats.manager()).streams.delete('KV_remade');
  await (await ensureBucket(nats, 'remade')).put('d', '1');
  await expect.poll(() => Object.fromEntries(watched.entries), { timeout: 20_000 }).toEqual({ d: '1' });
  watched.stop();
}, 30_000);

test('a caller is told in time that nothing was recorded, however many wait before it', async () => {
  await ensureEventStream(nats, CallsCompletedSchema);
  const publisher = new EventPublisher<{ id: string }>({
    nats,
    source: 'gateway',
    event: CallsCompletedSchema,
    wrap: (calls) => ({ calls }),
    sizeOf: () => 1 << 20,
    timeoutMs: 1_000,
  });
  process.kill(server.server.pid, 'SIGSTOP');
  const started = Date.now();
  const callers = Array.from({ length: 20 }, (_, i) => publisher.publish({ id: `late-${i}` }));
  const settled = await Promise.allSettled(callers);
  expect(settled.map(({ status }) => status)).toEqual(Array(20).fill('rejected'));
  expect(settled[19]).toMatchObject({ reason: { code: 'platform.not_recorded' } });
  // In turn they would wait for 20 s.
  expect(Date.now() - started).toBeLessThan(8_000);
  process.kill(server.server.pid, 'SIGCONT');
  await expect
    .poll(
      () =>
        publisher.publish({ id: 'after' }).then(
          () => true,
          () => false,
        ),
      { timeout: 20_000 },
    )
    .toBe(true);
  await publisher.flush();
  await (await nats.manager()).streams.purge('GATEWAY');
}, 60_000);

test('a stream that is gone is made again by who publishes to it', async () => {
  await (await nats.manager()).streams.delete('GATEWAY');
  const publisher = new EventPublisher<{ id: string }>({
    nats,
    source: 'gateway',
    event: CallsCompletedSchema,
    wrap: (calls) => ({ calls }),
    sizeOf: () => 100,
    timeoutMs: 10_000,
  });
  await publisher.publish({ id: 'first' });
  expect((await (await nats.manager()).streams.info('GATEWAY')).state.messages).toBe(1);
  await (await nats.manager()).streams.purge('GATEWAY');
});

test('a dead letter that cannot be written is tried again, and the consumer goes on', async () => {
  await nats.jetstream.publish('test.undead', 'poison');
  const manager = await nats.manager();
  const handled: string[] = [];
  reading(
    'undead',
    async ([message]) => {
      if (message!.text === 'poison') {
        await manager.streams.delete('DEAD_LETTERS').catch(() => {});
        throw new AppError({ code: 'test.poison', category: 'invalid', message: 'x' });
      }
      handled.push(message!.text);
    },
    { batch: 1 },
  );
  await sleep(500);
  await publish('test.undead', 'good');
  await expect.poll(() => handled, { timeout: 15_000 }).toEqual(['good']);
}, 30_000);

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

test('what was acknowledged to a caller is in the stream, once, through restarts of NATS', async () => {
  await ensureEventStream(nats, CallsCompletedSchema);
  const publisher = new EventPublisher<{ id: string }>({
    nats,
    source: 'gateway',
    event: CallsCompletedSchema,
    wrap: (calls) => ({ calls }),
    sizeOf: () => 100,
    timeoutMs: 20_000,
  });
  const acknowledged: string[] = [];
  let running = true;
  const callers = Array.from({ length: 8 }, async (_, caller) => {
    for (let i = 0; running; i += 1) {
      const id = `call-${caller}-${i}`;
      await publisher.publish({ id }).then(() => acknowledged.push(id));
      await sleep(2);
    }
  });
  for (let round = 0; round < 2; round += 1) {
    await sleep(300);
    await server.restart(200);
  }
  await sleep(500);
  running = false;
  await Promise.all(callers);
  const found: string[] = [];
  const reader = await consumeEvents({
    nats,
    log,
    event: CallsCompletedSchema,
    durable: 'count',
    handle: async (events) => {
      for (const { data } of events) found.push(...data.calls.map((call) => call.id));
    },
  });
  await expect.poll(() => found.length, { timeout: 15_000 }).toBeGreaterThanOrEqual(acknowledged.length);
  await reader.stop();
  expect(acknowledged.length).toBeGreaterThan(50);
  expect(found.sort()).toEqual(acknowledged.sort());
}, 60_000);
