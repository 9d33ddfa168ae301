import { type AddressInfo, createServer } from 'node:net';
import { createTestDatabase } from '@llmops/testing';
import { Client } from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { isFailed } from './connector.ts';
import { type SqlOptions, sqlConnector } from './sql.ts';

let url: string;
let client: Client;

beforeAll(async () => {
  url = (await createTestDatabase()).adminUrl;
  client = new Client({ connectionString: url });
  await client.connect();
  await client.query(`create table public.faq (id int, region text, answer text, seen timestamptz);
    insert into public.faq select n, 'eu', 'answer ' || n, '2026-01-01' from generate_series(1, 1200) n`);
});
afterAll(() => client?.end());

async function read(options: Partial<SqlOptions>, allowsPrivate = true, signal = new AbortController().signal) {
  const query = 'select id, region, answer from public.faq order by id';
  const connector = sqlConnector({ url, query, keyColumns: [], ...options }, { allowsPrivate }, () => true);
  const found: Record<string, string> = {};
  try {
    for await (const item of connector.items(signal)) {
      if (isFailed(item)) throw new Error(item.error);
      const chunks: Uint8Array[] = [];
      for await (const chunk of item.read(signal)) chunks.push(chunk);
      found[item.path] = Buffer.concat(chunks).toString();
    }
  } finally {
    await connector.close!();
  }
  return found;
}

test('a query is a file of JSON lines, read in batches', async () => {
  const lines = (await read({}))['rows.jsonl']!.trim().split('\n');
  expect(lines).toHaveLength(1200);
  expect(JSON.parse(lines[1199]!)).toEqual({ id: 1200, region: 'eu', answer: 'answer 1200' });
});

test('with key columns each row is a file of its own', async () => {
  const found = await read({ query: 'select * from public.faq where id < 3', keyColumns: ['region', 'id'] });
  expect(Object.keys(found)).toEqual(['rows/eu/1.json', 'rows/eu/2.json']);
  expect(JSON.parse(found['rows/eu/1.json']!)).toMatchObject({ answer: 'answer 1' });
});

test.each([
  [{ query: 'delete from public.faq returning id' }, /read-only transaction/],
  [{ query: 'select nothing from nowhere' }, /does not exist/],
  [{ keyColumns: ['region'] }, /several rows are named eu/],
  [{ keyColumns: ['absent'] }, /has no "absent"/],
  [{ url: 'mysql://x' }, /expected a connection string/],
])('%j fails with its reason and changes nothing', async (options, message) => {
  await expect(read(options)).rejects.toMatchObject({
    code: 'data.origin_failed',
    message: expect.stringMatching(message),
  });
  expect((await client.query('select count(*)::int as n from public.faq')).rows[0].n).toBe(1200);
});

test('without leave no private address is reached', async () => {
  await expect(read({}, false)).rejects.toMatchObject({ code: 'data.origin_forbidden' });
});

test.each(['postgres:///postgres', 'postgres:/postgres', 'postgres:postgres'])(
  'without a host it is no address, not this machine: %s',
  async (url) => {
    for (const allowsPrivate of [true, false]) {
      await expect(read({ url }, allowsPrivate)).rejects.toMatchObject({
        code: 'data.origin_failed',
        message: expect.stringContaining('expected a connection string'),
      });
    }
  },
);

test('a server that never answers is left when the sync is cancelled', async () => {
  const controller = new AbortController();
  const server = createServer((socket) => {
    socket.on('error', () => {});
    socket.once('data', () => {
      // Welcome, ready for a query; then nothing.
      socket.write(Buffer.from([82, 0, 0, 0, 8, 0, 0, 0, 0, 90, 0, 0, 0, 5, 73]));
      socket.on('data', () => controller.abort(new Error('cancelled')));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await expect(read({ url: `postgres://u:p@127.0.0.1:${port}/d` }, true, controller.signal)).rejects.toThrow(
    'cancelled',
  );
  server.close();
});
