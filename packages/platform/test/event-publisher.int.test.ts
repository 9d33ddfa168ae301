import { setTimeout as sleep } from 'node:timers/promises';
import { CallsCompletedSchema } from '@llmops/contracts/gateway/v1/call';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { consumeEvents, EventPublisher, ensureEventStream } from '../src/events/index.ts';
import { connectNats, createLogger, type Nats } from '../src/index.ts';
import { type RestartableNats, startRestartableNats } from './fixtures.ts';

const log = createLogger('test', 'silent');
let server: RestartableNats;
let nats: Nats;

beforeAll(async () => {
  server = await startRestartableNats();
  nats = await connectNats(server.url, 'test');
});
afterAll(async () => {
  await nats?.drain();
  await server?.stop();
});

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
