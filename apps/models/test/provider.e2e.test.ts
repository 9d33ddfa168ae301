import { fromJsonString } from '@bufbuild/protobuf';
import { Task } from '@llmops/contracts/models/v1/model';
import { ProviderService, RouteSchema } from '@llmops/contracts/models/v1/provider';
import { Role } from '@llmops/contracts/options/v1/options';
import { createDatabase } from '@llmops/db';
import { connectNats, createLogger, type Nats, type RunningService, unseal } from '@llmops/platform';
import { ensureBucket, type WatchedBucket, watchBucket } from '@llmops/platform/kv';
import { clientOf, newTenant, until } from '@llmops/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { routeKey } from '../src/modules/route/index.ts';
import { type Harness, startHarness } from './harness.ts';

const secret = 'sk-very-secret-value';
let harness: Harness;
let nats: Nats;
let service: RunningService;
let routes: WatchedBucket<ReturnType<typeof decode>>;

const decode = (text: string) => fromJsonString(RouteSchema, text);
const providers = () => clientOf(service, ProviderService);

beforeAll(async () => {
  harness = await startHarness();
  nats = await connectNats(harness.natsUrl, 'test');
  service = await harness.boot([]);
  routes = watchBucket({ nats, log: createLogger('test', 'silent'), bucket: 'routes', decode });
});

afterAll(async () => {
  routes?.stop();
  await service?.stop();
  await nats?.drain();
  await harness?.stop();
});

const request = (project: string, id: string, part: { baseUrl?: string; apiKey?: string } = {}) => ({
  project,
  id,
  baseUrl: 'http://127.0.0.1:11434/v1/',
  models: [{ id: 'qwen3:8b' }, { id: 'embed', task: Task.EMBEDDING, priceKey: 'ollama/embed' }],
  ...part,
});

test("a provider's models lead to it for its project; its key travels sealed and is never given out", async () => {
  const tenant = newTenant();
  const caller = await harness.caller(tenant);
  const made = await providers().createProvider(caller, request(tenant.projectId, 'ollama', { apiKey: secret }));
  expect(made).toMatchObject({ id: 'ollama', baseUrl: 'http://127.0.0.1:11434/v1', hasApiKey: true });
  expect(made.models).toMatchObject([
    { id: 'qwen3:8b', task: Task.CHAT, priceKey: 'qwen3:8b' },
    { id: 'embed', task: Task.EMBEDDING, priceKey: 'ollama/embed' },
  ]);
  const route = await until(() => routes.get(routeKey(tenant.projectId, 'ollama/qwen3:8b')));
  expect(route).toMatchObject({ task: Task.CHAT, priceKey: 'qwen3:8b', upstream: { case: 'http' } });
  const upstream = route.upstream.case === 'http' ? route.upstream.value : undefined;
  expect(upstream).toMatchObject({ provider: 'ollama', model: 'qwen3:8b', baseUrl: 'http://127.0.0.1:11434/v1' });
  expect(unseal(harness.masterKey, upstream!.sealedApiKey)).toBe(secret);

  const { providers: listed } = await providers().listProviders(caller, { project: tenant.projectId });
  expect(listed.map(({ id }) => id)).toEqual(['ollama']);
  const admin = createDatabase({ url: harness.database.adminUrl });
  const { rows } = await admin.pool.query('select p::text as text from models.providers p');
  await admin.close();
  expect(JSON.stringify([listed, rows], (_, value) => (typeof value === 'bigint' ? `${value}` : value))).not.toContain(
    secret,
  );

  await providers().deleteProvider(caller, { project: tenant.projectId, provider: 'ollama' });
  await until(() => !routes.get(routeKey(tenant.projectId, 'ollama/qwen3:8b')));
  await until(() => !routes.get(routeKey(tenant.projectId, 'ollama/embed')));
  await expect(
    providers().deleteProvider(caller, { project: tenant.projectId, provider: 'ollama' }),
  ).rejects.toMatchObject({ code: 'models.provider_not_found', category: 'not_found' });
});

test('an id is taken once in a project, and a model listed twice is refused', async () => {
  const tenant = newTenant();
  const caller = await harness.caller(tenant);
  await providers().createProvider(caller, request(tenant.projectId, 'twice'));
  await expect(providers().createProvider(caller, request(tenant.projectId, 'twice'))).rejects.toMatchObject({
    code: 'models.provider_exists',
    category: 'conflict',
  });
  const repeated = { ...request(tenant.projectId, 'other'), models: [{ id: 'a' }, { id: 'a' }] };
  await expect(providers().createProvider(caller, repeated)).rejects.toMatchObject({
    code: 'models.provider_model_repeated',
    category: 'invalid',
  });
});

test("a project neither sees nor deletes another's providers, and may use the same id", async () => {
  const [mine, theirs] = [newTenant(), newTenant()];
  const [me, they] = [await harness.caller(mine), await harness.caller(theirs)];
  await providers().createProvider(me, request(mine.projectId, 'shared', { apiKey: secret }));
  expect((await providers().listProviders(they, { project: theirs.projectId })).providers).toEqual([]);
  for (const project of [mine.projectId, theirs.projectId]) {
    const deletion = providers().deleteProvider(they, { project, provider: 'shared' });
    await expect(deletion).rejects.toMatchObject({ category: 'not_found' });
  }
  await providers().createProvider(they, request(theirs.projectId, 'shared'));
  await providers().deleteProvider(they, { project: theirs.projectId, provider: 'shared' });
  expect((await providers().listProviders(me, { project: mine.projectId })).providers).toHaveLength(1);
  expect(routes.get(routeKey(mine.projectId, 'shared/embed'))).toBeDefined();
});

test('the database itself hides rows of other projects, also from a query that forgot to filter', async () => {
  const tenant = newTenant();
  await providers().createProvider(await harness.caller(tenant), request(tenant.projectId, 'hidden'));
  const database = createDatabase({ url: harness.database.url('models') });
  const count = (projectId?: string) =>
    database.tx({ projectId }, async (tx) => {
      const { rows } = await tx.client.query('select project_id from models.providers');
      return rows.map((row: { project_id: string }) => row.project_id);
    });
  expect(await count()).toEqual([]);
  expect(await count(newTenant().projectId)).toEqual([]);
  expect(await count(tenant.projectId)).toEqual([tenant.projectId]);
  await database.close();
});

test('an upstream that would reach cloud metadata is refused, and a viewer makes no provider', async () => {
  const tenant = newTenant();
  const baseUrl = 'http://169.254.169.254/latest';
  const forbidden = providers().createProvider(
    await harness.caller(tenant),
    request(tenant.projectId, 'ssrf', { baseUrl }),
  );
  await expect(forbidden).rejects.toMatchObject({
    code: 'models.base_url_forbidden',
    category: 'invalid',
    fields: [{ field: 'base_url' }],
  });
  const viewer = await harness.caller(tenant, { projectRole: Role.VIEWER });
  await expect(providers().createProvider(viewer, request(tenant.projectId, 'viewer'))).rejects.toMatchObject({
    category: 'forbidden',
  });
});

test('after a restart the bucket holds what the database says: lost routes are back, stale ones gone', async () => {
  const tenant = newTenant();
  await providers().createProvider(await harness.caller(tenant), request(tenant.projectId, 'back'));
  const key = routeKey(tenant.projectId, 'back/embed');
  await until(() => routes.get(key));
  const bucket = await ensureBucket(nats, 'routes');
  await bucket.delete(key);
  await bucket.put(routeKey('prj_gone', 'x/y'), '{"alias":"x/y"}');
  await until(() => !routes.get(key) && routes.get(routeKey('prj_gone', 'x/y')));
  await service.stop();
  service = await harness.boot([]);
  await until(() => routes.get(key) && !routes.get(routeKey('prj_gone', 'x/y')));
});
