import { setTimeout as sleep } from 'node:timers/promises';
import { type Database, inboxTable, outboxTable, recordOnce, systemTenant } from '@llmops/db';
import { sql } from 'drizzle-orm';
import { pgSchema } from 'drizzle-orm/pg-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { AppError } from '../src/errors/index.ts';
import { type Consumed, consume, ensureStream, type RunningConsumer, replayDeadLetters } from '../src/events/index.ts';
import { connectNats, createLogger, type Nats } from '../src/index.ts';
import { type RestartableNats, startDatabase, startRestartableNats } from './fixtures.ts';

const log = createLogger('test', 'silent');
const schema = pgSchema('cost');
const _outboxRows = outboxTable(schema);
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
