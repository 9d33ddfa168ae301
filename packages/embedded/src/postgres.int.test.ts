import { mkdir, mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Binaries, ensureBinaries } from './binaries.ts';
import { freePort } from './ports.ts';
import { type PostgresServer, startPostgres } from './postgres.ts';
import { prepareDatabase } from './prepare-database.ts';

const password = "it's 50% /safe?";
const passwords = { cost_app: 'a', cost_owner: 'b', models_app: 'c', models_owner: 'd' };
let folder: string;
let binaries: Binaries;
let port: number;
let server: PostgresServer;

const start = () => startPostgres({ binaries, dataDir: join(folder, 'pg'), port, password });

async function as<T>(role: keyof typeof passwords, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: `postgres://${role}:${passwords[role]}@127.0.0.1:${port}/llmops` });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'llmops-embedded-'));
  [binaries, port] = await Promise.all([ensureBinaries(), freePort()]);
  server = await start();
  await prepareDatabase(server.url, { passwords });
});

afterAll(async () => {
  await server?.stop();
  await rm(folder, { recursive: true, force: true });
});

test('the first start makes the cluster, and a wrong password is refused', async () => {
  expect(server.created).toBe(true);
  const url = new URL(server.url);
  url.password = 'wrong';
  await expect(new Client({ connectionString: url.href }).connect()).rejects.toThrow(/password authentication failed/);
});

test('the data lies where the caller said', () => {
  expect(server.dataDir).toBe(join(folder, 'pg'));
});

test.runIf(process.getuid?.() === 0)(
  'below a folder closed to others, a throw-away server leaves nothing behind',
  async () => {
    const closed = join(folder, 'closed');
    await mkdir(closed, { mode: 0o700 });
    const dataDir = join(closed, 'inner', 'pg');
    const other = await startPostgres({ binaries, dataDir, port: await freePort(), password, durable: false });
    expect(other.dataDir).not.toBe(dataDir);
    await other.stop();
    await expect(stat(other.dataDir)).rejects.toThrow(/ENOENT/);
  },
);

test('preparing twice changes nothing and fails nowhere', async () => {
  await expect(prepareDatabase(server.url, { passwords })).resolves.toMatch(/\/llmops$/);
});

test('the app role reads and writes rows of its own schema but cannot change the schema', async () => {
  await as('cost_owner', (client) =>
    client.query('CREATE TABLE IF NOT EXISTS rows (id bigserial PRIMARY KEY, v vector(2))'),
  );
  await as('cost_app', async (client) => {
    await client.query("INSERT INTO rows (v) VALUES ('[1,2]')");
    const found = await client.query("SELECT v <-> '[1,2]' AS distance FROM cost.rows");
    expect(found.rows).toEqual([{ distance: 0 }]);
    await expect(client.query('CREATE TABLE cost.mine (id int)')).rejects.toThrow(/permission denied/);
    await expect(client.query('DROP TABLE rows')).rejects.toThrow(/must be owner/);
    await expect(client.query('CREATE TABLE public.mine (id int)')).rejects.toThrow(/permission denied/);
  });
});

test('no role of one service reaches the schema of another', async () => {
  for (const role of ['models_app', 'models_owner'] as const) {
    await as(role, async (client) => {
      await expect(client.query('SELECT * FROM cost.rows')).rejects.toThrow(/permission denied for schema cost/);
      await expect(client.query('SELECT * FROM cost_meta.journal')).rejects.toThrow(/permission denied for schema/);
    });
  }
});

test('the app role reads the migration journal and cannot write it', async () => {
  await as('cost_owner', (client) => client.query('CREATE TABLE IF NOT EXISTS cost_meta.journal (id int)'));
  await as('cost_app', async (client) => {
    expect((await client.query('SELECT * FROM cost_meta.journal')).rows).toEqual([]);
    await expect(client.query('INSERT INTO cost_meta.journal VALUES (1)')).rejects.toThrow(/permission denied/);
  });
});

test('after kill -9 of the server the next start recovers what was committed', async () => {
  await as('models_owner', (client) => client.query('CREATE TABLE IF NOT EXISTS kept (id int)'));
  await as('models_app', (client) => client.query('INSERT INTO kept VALUES (1)'));
  process.kill(server.pid, 'SIGKILL');
  expect((await server.exited).signal).toBe('SIGKILL');
  server = await start();
  expect(server.created).toBe(false);
  const kept = await as('models_app', (client) => client.query('SELECT count(*)::int AS n FROM kept'));
  expect(kept.rows).toEqual([{ n: 1 }]);
});

test('a start on a folder that an orphaned server still holds takes it over', async () => {
  const orphan = server;
  server = await start();
  expect((await orphan.exited).code).toBe(0);
  expect(server.pid).not.toBe(orphan.pid);
});

test('stop ends open sessions and the process', async () => {
  const client = new Client({ connectionString: server.url });
  client.on('error', () => {});
  await client.connect();
  await server.stop();
  expect(await server.exited).toEqual({ code: 0, signal: null });
  await expect(client.query('SELECT 1')).rejects.toThrow();
  server = await start();
});

test('a start with another password than the cluster was made with says so', async () => {
  await server.stop();
  await expect(startPostgres({ binaries, dataDir: join(folder, 'pg'), port, password: 'other' })).rejects.toThrow(
    /belongs to other secrets/,
  );
  server = await start();
});
