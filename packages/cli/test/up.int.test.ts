import { chmod, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { freePort } from '@llmops/embedded';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { paths } from '../src/paths.ts';
import { SERVICES } from '../src/services.ts';
import { processIdentity } from '../src/supervisor/process-identity.ts';
import type { SupervisorStatus } from '../src/supervisor/supervisor.ts';
import { FixtureRoot } from './fixture-root.ts';

// Whole stacks start and stop here, beside other tests.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 180_000 });

let fixture: FixtureRoot;

beforeAll(async () => {
  fixture = await FixtureRoot.make();
  expect(await fixture.llmops('up', '--detach')).toMatchObject({ code: 0 });
});
afterAll(() => fixture?.remove());

type Status = SupervisorStatus & { running: boolean; ready: boolean };
const status = async (): Promise<Status> => JSON.parse((await fixture.llmops('status', '--json')).stdout);
const service = async (name: string) => (await status()).services.find((one) => one.name === name)!;

/** Waits until `check` holds; the test's timeout ends it. */
async function until(check: () => Promise<boolean>): Promise<void> {
  while (!(await check())) await new Promise((resolve) => setTimeout(resolve, 100));
}

test('the first start migrates as the owners, makes the account and writes closed files', async () => {
  const notes = await fixture.notes();
  expect(notes).toContain('migrate cost as cost_owner');
  expect(notes.indexOf('bootstrap')).toBe(SERVICES.filter(({ database }) => database).length);
  const at = paths(fixture.home);
  for (const file of [at.secrets, at.credentials]) expect((await stat(file)).mode & 0o777).toBe(0o600);
  const credentials = JSON.parse(await readFile(at.credentials, 'utf8'));
  expect(credentials).toMatchObject({ apiKey: 'llmops_test_key', projectId: 'prj_1', email: 'admin@localhost' });
  expect((await fetch(`${credentials.baseUrl}/readyz`)).status).toBe(200);
});

test('the account’s key and password are in no log', async () => {
  const { stdout } = await fixture.llmops('logs', '-n', '1000');
  expect(stdout).toContain('gateway listens');
  expect(stdout).not.toContain('llmops_test_key');
});

test('a start while it runs says so and changes nothing', async () => {
  const before = await status();
  const again = await fixture.llmops('up');
  expect(again).toMatchObject({ code: 0, stdout: expect.stringContaining('already running') });
  expect((await status()).services.map(({ pid }) => pid)).toEqual(before.services.map(({ pid }) => pid));
});

test('status shows state, port, process, memory and restarts of everything', async () => {
  const { running, ready, services } = await status();
  expect({ running, ready }).toEqual({ running: true, ready: true });
  // Postgres and NATS beside them.
  expect(services).toHaveLength(SERVICES.length + 2);
  for (const one of services) {
    expect(one).toMatchObject({ state: 'running', ready: true, restarts: 0 });
    expect(one.memoryBytes).toBeGreaterThan(1_000_000);
  }
});

test('a service that crashes is restarted on its port, and the restart is counted', async () => {
  const { port, pid } = await service('gateway');
  await fetch(`http://127.0.0.1:${port}/crash`, { method: 'POST' }).catch(() => {});
  await until(async () => (await service('gateway')).restarts === 1 && (await service('gateway')).ready);
  const after = await service('gateway');
  expect(after.port).toBe(port);
  expect(after.pid).not.toBe(pid);
  expect((await fixture.llmops('logs', 'gateway')).stdout).toContain('exited with code 7');
});

test('Postgres and NATS come back after kill -9', async () => {
  for (const name of ['postgres', 'nats']) {
    process.kill((await service(name)).pid!, 'SIGKILL');
    await until(async () => (await service(name)).restarts === 1 && (await service(name)).ready);
  }
});

test('doctor finds nothing wrong while all runs', async () => {
  const { code, stdout } = await fixture.llmops('doctor', '--json');
  expect(JSON.parse(stdout).filter((finding: { ok: boolean }) => !finding.ok)).toEqual([]);
  expect(code).toBe(0);
});

test('doctor names secrets that others can read, and the command that mends it', async () => {
  const { secrets } = paths(fixture.home);
  await chmod(secrets, 0o644);
  const { code, stdout } = await fixture.llmops('doctor', '--json');
  await chmod(secrets, 0o600);
  expect(code).toBe(1);
  expect(JSON.parse(stdout)).toContainEqual(
    expect.objectContaining({ check: 'secrets', ok: false, fix: expect.stringContaining(`chmod 600 ${secrets}`) }),
  );
});

test('what a killed supervisor left is found by doctor and stopped by the next start', async () => {
  const before = await status();
  process.kill(before.pid, 'SIGKILL');
  const { stdout } = await fixture.llmops('doctor');
  expect(stdout).toContain('an earlier start was killed and left');
  const again = await fixture.llmops('up', '--detach');
  expect(again.stdout).toContain('stopped what an earlier start left');
  expect(again.code).toBe(0);
  for (const { pid } of before.services) expect(await processIdentity(pid!)).toBeUndefined();
});

test('down stops the gateway first, then the services, and leaves no process', async () => {
  const { services } = await status();
  const earlier = (await fixture.notes()).length;
  expect(await fixture.llmops('down')).toMatchObject({ code: 0 });
  const stops = (await fixture.notes()).slice(earlier);
  expect(stops[0]).toBe('stop gateway');
  expect(stops.slice(1).sort()).toEqual(
    SERVICES.map(({ name }) => name)
      .filter((name) => name !== 'gateway')
      .sort()
      .map((name) => `stop ${name}`),
  );
  for (const { pid } of services) expect(await processIdentity(pid!)).toBeUndefined();
  expect(await fixture.llmops('status')).toMatchObject({ code: 1 });
});

test('a second start keeps account, address and ports', async () => {
  const { credentials } = paths(fixture.home);
  const before = await readFile(credentials, 'utf8');
  expect(await fixture.llmops('up', '--detach')).toMatchObject({ code: 0 });
  expect(await readFile(credentials, 'utf8')).toBe(before);
  await fixture.llmops('down');
});

test('a service that cannot start fails the start with its last words, and nothing keeps running', async () => {
  await writeFile(join(fixture.root, 'inference.broken'), '');
  const { code, stdout } = await fixture.llmops('up', '--detach');
  await rm(join(fixture.root, 'inference.broken'));
  expect(code).toBe(1);
  expect(stdout).toContain('inference has a broken setting');
  expect(stdout).toMatch(/inference exited with code 3\. Its log: .*inference\.log/);
  expect((await fixture.llmops('status')).stdout).toContain('not running');
  expect((await fixture.llmops('doctor')).stdout).toContain('nothing is left of an earlier start');
});

test('a taken public port fails the start and names the flag', async () => {
  const port = await freePort();
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  const { code, stdout } = await fixture.llmops('up', '--detach', '--port', String(port));
  await new Promise((resolve) => server.close(resolve));
  expect(code).toBe(1);
  expect(stdout).toContain(`Port ${port} is taken by process ${process.pid}`);
  expect(stdout).toContain('--port N');
});

test('an account made anew replaces the credentials of the old one; a lost file is warned of', async () => {
  const { credentials } = paths(fixture.home);
  await rm(credentials);
  expect((await fixture.llmops('up', '--detach')).stdout).toContain('its file is gone');
  await fixture.llmops('down');
  await rm(join(fixture.root, 'account'));
  await writeFile(credentials, JSON.stringify({ apiKey: 'of an older database' }));
  expect(await fixture.llmops('up', '--detach')).toMatchObject({ code: 0 });
  await fixture.llmops('down');
  expect(JSON.parse(await readFile(credentials, 'utf8')).apiKey).toBe('llmops_test_key');
});

test('Ctrl-C in the foreground drains and ends with 0', async () => {
  const running = fixture.spawn('up');
  let output = '';
  running.stdout.on('data', (chunk) => {
    output += chunk;
  });
  await until(async () => output.includes('llmops is ready'));
  const earlier = (await fixture.notes()).length;
  running.kill('SIGINT');
  expect(await new Promise((resolve) => running.once('exit', resolve))).toBe(0);
  expect((await fixture.notes()).slice(earlier)).toHaveLength(SERVICES.length);
});

test('reset deletes data and secrets only when told twice', async () => {
  expect(await fixture.llmops('reset')).toMatchObject({ code: 1, stderr: expect.stringContaining('--yes') });
  expect((await stat(paths(fixture.home).secrets)).isFile()).toBe(true);
  expect(await fixture.llmops('reset', '--yes')).toMatchObject({ code: 0 });
  await expect(stat(paths(fixture.home).secrets)).rejects.toThrow(/ENOENT/);
});
