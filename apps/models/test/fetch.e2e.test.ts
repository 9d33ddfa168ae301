import { randomBytes } from 'node:crypto';
import { readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fromJsonString } from '@bufbuild/protobuf';
import { ModelArtifactSchema, ModelService, Artifact_State as State } from '@llmops/contracts/models/v1/model';
import { RouteSchema } from '@llmops/contracts/models/v1/provider';
import { Role } from '@llmops/contracts/options/v1/options';
import { createDatabase } from '@llmops/db';
import { connectNats, createLogger, type Nats, type RunningService } from '@llmops/platform';
import { type WatchedBucket, watchBucket } from '@llmops/platform/kv';
import { clientOf, until } from '@llmops/testing';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { type CatalogueEntry, digestOf } from '../src/modules/catalogue/index.ts';
import { routeKey } from '../src/modules/route/index.ts';
import { type FileServer, startFileServer } from './file-server.ts';
import { entryOf, fileOf, type Harness, startHarness } from './harness.ts';

const mib = 1 << 20;
let harness: Harness;
let server: FileServer;
let nats: Nats;
let service: RunningService | undefined;
let artifacts: WatchedBucket<ReturnType<typeof decodeArtifact>>;
let routes: WatchedBucket<ReturnType<typeof decodeRoute>>;

const decodeArtifact = (text: string) => fromJsonString(ModelArtifactSchema, text);
const decodeRoute = (text: string) => fromJsonString(RouteSchema, text);

beforeAll(async () => {
  harness = await startHarness();
  server = await startFileServer();
  nats = await connectNats(harness.natsUrl, 'test');
  const log = createLogger('test', 'silent');
  artifacts = watchBucket({ nats, log, bucket: 'artifacts', decode: decodeArtifact });
  routes = watchBucket({ nats, log, bucket: 'routes', decode: decodeRoute });
});

afterEach(async () => {
  await service?.stop();
  service = undefined;
});

afterAll(async () => {
  artifacts?.stop();
  routes?.stop();
  await nats?.drain();
  await server?.stop();
  await harness?.stop();
});

const get = async (id: string) => clientOf(service!, ModelService).getModel(await harness.caller(), { model: id });
const fetchModel = async (id: string) =>
  clientOf(service!, ModelService).fetchModel(await harness.caller(), { model: id });

const inState = (id: string, state: State) =>
  until(async () => {
    const model = await get(id);
    return model.artifact?.state === state ? model : undefined;
  });

/** Where each request for a file began. */
const startsOf = (path: string) =>
  server.requests
    .filter((request) => request.path === path)
    .map(({ range }) => Number(/^bytes=(\d+)-$/.exec(range ?? '')?.[1] ?? 0));

/** A model of one file that the server has. */
function served(id: string, bytes: Buffer, part: Partial<CatalogueEntry> = {}) {
  const path = `/${id}.bin`;
  const file = { bytes };
  server.files.set(path, file);
  const uri = server.url + path;
  return {
    path,
    file,
    entry: entryOf(id, [fileOf('model.bin', bytes)], [{ uri, files: { 'model.bin': [{ uri }] } }], part),
  };
}

const onDisk = (entry: CatalogueEntry, name = 'model.bin') =>
  join(harness.objectsDir, 'models', digestOf(entry.files), name);

test('a default model is fetched at boot, and inference and the gateways hear of it', async () => {
  const { entry } = served('auto', randomBytes(mib), { default: true });
  service = await harness.boot([entry]);
  const model = await inState('auto', State.READY);
  expect(model.artifact).toMatchObject({ fetchedBytes: BigInt(mib), totalBytes: BigInt(mib), error: '' });
  const artifact = await until(() => artifacts.get('auto'));
  expect(await readFile(join(harness.objectsDir, artifact.path, 'model.bin'))).toEqual(
    server.files.get('/auto.bin')!.bytes,
  );
  const route = await until(() => routes.get(routeKey('_', 'auto')));
  expect(route).toMatchObject({ releaseId: model.releaseId, upstream: { case: 'local', value: { model: 'auto' } } });
});

test('a connection that is cut again and again goes on where it ended, and a busy server is asked again', async () => {
  const bytes = randomBytes(mib);
  const { entry, path } = served('cut', bytes);
  server.files.set(path, { bytes, cutAfter: mib / 4, cuts: 2, refuse: { status: 503, times: 1 } });
  service = await harness.boot([entry]);
  await fetchModel('cut');
  await inState('cut', State.READY);
  expect(await readFile(onDisk(entry))).toEqual(bytes);
  const starts = startsOf(path);
  expect(starts).toHaveLength(4);
  expect(starts.slice(0, 2)).toEqual([0, 0]);
  // What was under way when the connection broke may be lost; what was received is not asked for again.
  expect(starts[2]).toBeGreaterThan(0);
  expect(starts[2]).toBeLessThanOrEqual(mib / 4);
  expect(starts[3]).toBeGreaterThan(starts[2]!);
});

test('wrong bytes fail their source, the next one is taken, and nothing wrong gets the name', async () => {
  const bytes = randomBytes(mib);
  const { entry: good, path } = served('wrong', bytes);
  const bad = `${server.url}/wrong-bad.bin`;
  server.files.set('/wrong-bad.bin', { bytes: randomBytes(mib) });
  const entry = { ...good, sources: [{ uri: bad, files: { 'model.bin': [{ uri: bad }] } }, ...good.sources] };
  service = await harness.boot([entry]);
  await fetchModel('wrong');
  const model = await inState('wrong', State.READY);
  expect(model.artifact?.source).toBe(server.url + path);
  expect(await readFile(onDisk(entry))).toEqual(bytes);
});

test('when no source is left the reason of each is told, and hub sources say what is missing', async () => {
  const bad = `${server.url}/nowhere.bin`;
  const hub = 'hf:org/repo@main';
  const entry = entryOf(
    'failing',
    [fileOf('model.bin', randomBytes(10))],
    [
      { uri: hub, files: { 'model.bin': [{ uri: hub, member: 'model.bin' }] } },
      { uri: bad, files: { 'model.bin': [{ uri: bad }] } },
      { uri: 'file:/nowhere', files: { 'model.bin': [{ uri: 'file:/nowhere' }] } },
    ],
  );
  service = await harness.boot([entry]);
  await fetchModel('failing');
  const { artifact } = await inState('failing', State.FAILED);
  expect(artifact?.error).toContain('MODELS_HF_ENDPOINT');
  expect(artifact?.error).toContain(`${bad}: the server answered 404`);
  expect(artifact?.error).toContain('no such file');
  expect(artifacts.get('failing')).toBeUndefined();
});

test('with a hub configured its files are taken, redirects included', async () => {
  const bytes = randomBytes(1_000);
  server.files.set('/org/repo/resolve/main/weights.gguf', { bytes, redirectTo: '/cdn/weights' });
  server.files.set('/cdn/weights', { bytes });
  const hub = 'hf:org/repo@main';
  const sources = [{ uri: hub, files: { 'model.bin': [{ uri: hub, member: 'weights.gguf' }] } }];
  const entry = entryOf('hub', [fileOf('model.bin', bytes)], sources);
  service = await harness.boot([entry], { MODELS_HF_ENDPOINT: `${server.url}/` });
  await fetchModel('hub');
  expect((await inState('hub', State.READY)).artifact?.source).toBe(hub);
});

test('a fetch stopped in the middle goes on after a restart where it was, with progress told on the way', async () => {
  const bytes = randomBytes(mib);
  const { entry, path } = served('resume', bytes);
  server.files.set(path, { bytes, hangAfter: mib / 2 });
  service = await harness.boot([entry]);
  await fetchModel('resume');
  await until(async () => (await get('resume')).artifact?.fetchedBytes === BigInt(mib / 2));
  expect((await fetchModel('resume')).artifact?.state).toBe(State.FETCHING);
  await service.stop();
  expect((await stat(`${onDisk(entry)}.part`)).size).toBe(mib / 2);
  server.files.set(path, { bytes });
  service = await harness.boot([entry]);
  await inState('resume', State.READY);
  expect(await readFile(onDisk(entry))).toEqual(bytes);
  expect(startsOf(path)).toEqual([0, mib / 2]);
});

test('a cancelled fetch stops, keeps what it has, and a later one ends it', async () => {
  const bytes = randomBytes(mib);
  const { entry, path } = served('cancel', bytes);
  server.files.set(path, { bytes, hangAfter: mib / 2 });
  service = await harness.boot([entry]);
  await fetchModel('cancel');
  await until(async () => (await get('cancel')).artifact?.fetchedBytes === BigInt(mib / 2));
  const cancelled = await clientOf(service, ModelService).cancelFetch(await harness.caller(), { model: 'cancel' });
  expect(cancelled.artifact?.state).toBe(State.ABSENT);
  server.files.set(path, { bytes, noRange: true });
  await fetchModel('cancel');
  await inState('cancel', State.READY);
  expect(await readFile(onDisk(entry))).toEqual(bytes);
});

test('a wrong beginning left by an earlier try is thrown away, not blamed on the source', async () => {
  const bytes = randomBytes(mib);
  const { entry, path } = served('left', bytes);
  server.files.set(path, { bytes: randomBytes(mib), hangAfter: mib / 2 });
  service = await harness.boot([entry]);
  await fetchModel('left');
  await until(async () => (await get('left')).artifact?.fetchedBytes === BigInt(mib / 2));
  await service.stop();
  server.files.set(path, { bytes });
  service = await harness.boot([entry]);
  await inState('left', State.READY);
  expect(await readFile(onDisk(entry))).toEqual(bytes);
});

test('lost files withdraw the model at boot; files found are published again without loading', async () => {
  const { entry, path } = served('disk', randomBytes(1_000));
  service = await harness.boot([entry]);
  await fetchModel('disk');
  await until(() => artifacts.get('disk'));
  await service.stop();
  const { bytes } = server.files.get(path)!;
  await rm(onDisk(entry));
  service = await harness.boot([entry]);
  await until(() => !artifacts.get('disk') && !routes.get(routeKey('_', 'disk')));
  expect((await get('disk')).artifact?.state).toBe(State.ABSENT);
  await service.stop();
  await writeFile(onDisk(entry), bytes);
  const before = server.requests.length;
  service = await harness.boot([entry]);
  await until(() => artifacts.get('disk') && routes.get(routeKey('_', 'disk')));
  expect(server.requests.length).toBe(before);
});

test('an unknown model does not exist, and a viewer reads the catalogue and cannot fetch', async () => {
  const { entry } = served('viewed', randomBytes(10));
  service = await harness.boot([entry]);
  await expect(get('nothing')).rejects.toMatchObject({ code: 'models.model_not_found', category: 'not_found' });
  const viewer = await harness.caller(undefined, { organizationRole: Role.VIEWER });
  const client = clientOf(service, ModelService);
  expect((await client.listModels(viewer, {})).models.map(({ id }) => id)).toEqual(['viewed']);
  for (const call of [
    client.fetchModel(viewer, { model: 'viewed' }),
    client.cancelFetch(viewer, { model: 'viewed' }),
  ]) {
    await expect(call).rejects.toMatchObject({ code: 'platform.permission_denied' });
  }
});

test('a fetch whose message NATS lost is announced again, so no model waits for ever', async () => {
  const { entry, path } = served('lost', randomBytes(mib));
  const { bytes } = server.files.get(path)!;
  server.files.set(path, { bytes, hangAfter: mib / 2 });
  service = await harness.boot([entry]);
  await fetchModel('lost');
  await until(async () => (await get('lost')).artifact?.fetchedBytes === BigInt(mib / 2));
  await service.stop();
  await (await nats.manager()).streams.delete('MODELS_JOBS');
  const admin = createDatabase({ url: harness.database.adminUrl });
  await admin.pool.query("update models.jobs set update_time = now() - interval '1 hour'");
  await admin.close();
  server.files.set(path, { bytes });
  service = await harness.boot([entry]);
  await inState('lost', State.READY);
});

test('a default model is left alone when the installation says so, or someone cancelled it', async () => {
  const { entry, path } = served('unwanted', randomBytes(mib), { default: true });
  server.files.set(path, { ...server.files.get(path)!, hangAfter: 0 });
  service = await harness.boot([entry], { MODELS_AUTO_FETCH: false });
  const second = served('wanted', randomBytes(10), { default: true });
  const requests = () => server.requests.filter((request) => request.path === path).length;
  await service.stop();
  expect(requests()).toBe(0);
  service = await harness.boot([entry]);
  await inState('unwanted', State.FETCHING);
  await clientOf(service, ModelService).cancelFetch(await harness.caller(), { model: 'unwanted' });
  await service.stop();
  const before = requests();
  service = await harness.boot([entry, second.entry]);
  // Checked after the first one, so the first one was left alone by then.
  await inState('wanted', State.READY);
  expect((await get('unwanted')).artifact?.state).toBe(State.ABSENT);
  expect(requests()).toBe(before);
});
