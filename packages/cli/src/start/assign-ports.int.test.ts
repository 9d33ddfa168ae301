import { createServer, type Server } from 'node:net';
import { freePort } from '@llmops/embedded';
import { afterEach, expect, test } from 'vitest';
import { SERVICES } from '../services.ts';
import { assignPorts } from './assign-ports.ts';

const servers: Server[] = [];
const occupy = (port: number): Promise<void> =>
  new Promise((resolve) => servers.push(createServer().listen(port, '127.0.0.1', () => resolve())));

afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => new Promise((resolve) => server.close(resolve))));
});

test('a taken public port fails with its owner and the flag that mends it', async () => {
  const port = await freePort();
  await occupy(port);
  await expect(assignPorts(port, SERVICES)).rejects.toThrow(
    new RegExp(`Port ${port} is taken by process ${process.pid} .*--port N or LLMOPS_PORT=N`),
  );
});

test('a taken internal port is replaced by another', async () => {
  const port = await freePort();
  await occupy(port + 1);
  const ports = await assignPorts(port, SERVICES);
  expect(ports['gateway']).toBe(port);
  expect(ports['postgres']).not.toBe(port + 1);
});

test('no two listeners share a port, and port 0 finds a public one', async () => {
  const ports = await assignPorts(0, SERVICES);
  expect(Object.keys(ports)).toHaveLength(3 + 2 * (SERVICES.length - 1));
  expect(new Set(Object.values(ports)).size).toBe(Object.values(ports).length);
});

test('the ports of the last start are kept as long as they are free', async () => {
  const first = await assignPorts(0, SERVICES);
  expect(await assignPorts(0, SERVICES, first)).toEqual(first);
  await occupy(first['cost']!);
  const third = await assignPorts(0, SERVICES, first);
  expect(third['cost']).not.toBe(first['cost']);
  expect({ ...third, cost: 0 }).toEqual({ ...first, cost: 0 });
});
