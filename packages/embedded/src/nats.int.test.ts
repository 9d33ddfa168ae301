import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { jetstream, jetstreamManager } from '@nats-io/jetstream';
import { connect } from '@nats-io/transport-node';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Binaries, ensureBinaries } from './binaries.ts';
import { type NatsServer, startNats } from './nats.ts';
import { freePort, isPortFree } from './ports.ts';

const password = '1e5 "quoted" $HOME';
let folder: string;
let binaries: Binaries;
let port: number;
let server: NatsServer;

const start = () => startNats({ binaries, dataDir: join(folder, 'js'), port, password });
const open = (pass = password) => connect({ servers: `127.0.0.1:${port}`, user: 'llmops', pass, reconnect: false });

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'llmops-embedded-'));
  [binaries, port] = await Promise.all([ensureBinaries(), freePort()]);
  server = await start();
});

afterAll(async () => {
  await server?.stop();
  await rm(folder, { recursive: true, force: true });
});

test('a message acknowledged by JetStream is there after kill -9', async () => {
  const before = await open();
  const manager = await jetstreamManager(before);
  await manager.streams.add({ name: 'KEPT', subjects: ['kept.>'] });
  await jetstream(before).publish('kept.one', 'hello');
  process.kill(server.pid, 'SIGKILL');
  await server.exited;
  server = await start();
  const after = await open();
  const message = await (await jetstreamManager(after)).streams.getMessage('KEPT', { seq: 1 });
  expect(message?.string()).toBe('hello');
  await after.close();
});

test('a wrong password is refused', async () => {
  await expect(open('wrong')).rejects.toThrow(/authorization/i);
});

test('messages of several megabytes pass, up to 8', async () => {
  const connection = await open();
  expect(connection.info?.max_payload).toBe(8 * 1024 * 1024);
  await connection.close();
});

test('stop frees the port', async () => {
  await server.stop();
  expect(await isPortFree(port)).toBe(true);
  server = await start();
});

test('a server that cannot start says why', async () => {
  await expect(start()).rejects.toThrow(/address already in use/);
});
