import { afterAll, beforeAll, expect, test } from 'vitest';
import { connectNats, createLogger, type Nats } from '../src/index.ts';
import { ensureBucket, watchBucket } from '../src/kv/index.ts';
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
