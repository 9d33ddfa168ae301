import type { DescService } from '@bufbuild/protobuf';
import { timestampFromMs, timestampMs } from '@bufbuild/protobuf/wkt';
import { PriceService, UsageService } from '@llmops/contracts/cost/v1/cost';
import { Call_Status, Price_State } from '@llmops/contracts/gateway/v1/call';
import { Role } from '@llmops/contracts/options/v1/options';
import { connectNats, createLogger, type Nats, newId, type RunningService } from '@llmops/platform';
import { watchBucket } from '@llmops/platform/kv';
import { catalogueKey, decodeCatalogue, pricesBucket } from '@llmops/platform/pricing';
import {
  type CallInit,
  callsEvent,
  clientOf,
  createTestDatabase,
  newTenant,
  publishCalls,
  startTestNats,
  type TestDatabase,
  type TestTenant,
  testCall,
  testCaller,
  testServiceConfig,
  testTokens,
  until,
  untilReady,
} from '@llmops/testing';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createApp } from '../src/app.ts';
import { migrationsFolder } from '../src/db/migrate.ts';

const tokens = testTokens();
let database: TestDatabase;
let natsServer: Awaited<ReturnType<typeof startTestNats>>;
let nats: Nats;
let service: RunningService;

const client = <S extends DescService>(contract: S) => clientOf(service, contract);

const viewerOf = (tenant: TestTenant) =>
  testCaller(tokens, tenant, { organizationRole: Role.VIEWER, projectRole: Role.VIEWER });

async function ledger(tenant: TestTenant, request: object = {}) {
  const { records } = await client(UsageService).listUsage(await viewerOf(tenant), {
    project: tenant.projectId,
    pageSize: 200,
    ...request,
  });
  return records;
}

/** Publishes and waits until all are in the ledger. */
async function record(tenant: TestTenant, calls: CallInit[]) {
  await publishCalls(nats, calls);
  return until(async () => {
    const records = await ledger(tenant);
    return calls.every((call) => records.some(({ callId }) => callId === call.id)) ? records : undefined;
  });
}

beforeAll(async () => {
  database = await createTestDatabase({ cost: migrationsFolder });
  natsServer = await startTestNats();
  nats = await connectNats(natsServer.url, 'test');
  service = await createApp({
    ...testServiceConfig(natsServer.url, tokens.publicKey),
    DATABASE_URL: database.url('cost'),
    COST_MINUTE_RETENTION_DAYS: 30,
    COST_LINGER_MS: 5,
  });
  await untilReady(service);
});

afterAll(async () => {
  await service?.stop();
  await nats?.drain();
  await natsServer?.stop();
});

test('the price list is in the bucket when the service is ready, under names of a model with and without provider', async () => {
  const log = createLogger('test', 'silent');
  const prices = watchBucket({ nats, log, bucket: pricesBucket, decode: decodeCatalogue });
  const list = await until(() => prices.get(catalogueKey));
  for (const key of ['gpt-4o-mini', 'openai/gpt-4o-mini']) {
    expect(list.get(key)).toMatchObject({ key, inputPicoUsd: 150_000, outputPicoUsd: 600_000 });
  }
  prices.stop();
});

test('prices are searched by a part of their name and paged in order', async () => {
  const viewer = await viewerOf(newTenant());
  const seen: string[] = [];
  let pageToken = '';
  do {
    const page = await client(PriceService).listPrices(viewer, { query: 'GPT-4o-mini', pageSize: 7, pageToken });
    seen.push(...page.prices.map((price) => price.key));
    pageToken = page.nextPageToken;
  } while (pageToken !== '');
  expect(seen).toContain('openai/gpt-4o-mini');
  expect(seen.every((key) => key.toLowerCase().includes('gpt-4o-mini'))).toBe(true);
  expect(seen).toEqual([...new Set(seen)].sort());
});

test("the edge's price stands; where it gave none the list's is taken; free, unpriced and priced stay apart", async () => {
  const tenant = newTenant();
  const usage = { inputTokens: 1000n, cachedInputTokens: 1000n, outputTokens: 1000n };
  const { price: _, ...bare } = testCall(tenant, { usage });
  const at = (call: CallInit): CallInit => ({ ...call, id: newId('call') });
  const priced = testCall(tenant, {
    price: { state: Price_State.PRICED, costNanoUsd: 1234n, priceKey: 'my/model', priceVersion: 'v7' },
  });
  const listed = at({ ...bare, provider: 'openai', requestedModel: 'gpt-4o-mini' });
  const local = at(bare);
  const unknown = at({ ...bare, provider: 'somewhere', requestedModel: 'never-heard-of', responseModel: '' });
  const records = await record(tenant, [priced, listed, local, unknown]);
  const priceOf = (call: CallInit) => records.find(({ callId }) => callId === call.id)!.price!;
  expect(priceOf(priced)).toMatchObject({
    state: Price_State.PRICED,
    costNanoUsd: 1234n,
    priceKey: 'my/model',
    priceVersion: 'v7',
  });
  expect(priceOf(listed)).toMatchObject({
    state: Price_State.PRICED,
    costNanoUsd: 825_000n,
    priceKey: 'openai/gpt-4o-mini',
  });
  expect(priceOf(listed).priceVersion).not.toBe('');
  expect(priceOf(local)).toMatchObject({ state: Price_State.FREE, costNanoUsd: 0n });
  expect(priceOf(unknown)).toMatchObject({ state: Price_State.UNPRICED, costNanoUsd: 0n });
  const { total } = await client(UsageService).summarizeUsage(await viewerOf(tenant), { project: tenant.projectId });
  expect(total).toMatchObject({ calls: 4n, costNanoUsd: 826_234n, unpricedCalls: 1n });
});

test('a call delivered twice, in the same message or in another, is one row and counts once', async () => {
  const tenant = newTenant();
  const call = testCall(tenant, { price: { state: Price_State.PRICED, costNanoUsd: 5n } });
  const { subject, payload } = callsEvent([call, call]);
  for (let i = 0; i < 3; i += 1) await nats.jetstream.publish(subject, payload, { msgID: newId('evt') });
  await record(tenant, [testCall(tenant), call]);
  expect(await ledger(tenant)).toHaveLength(2);
  const { total } = await client(UsageService).summarizeUsage(await viewerOf(tenant), { project: tenant.projectId });
  expect(total).toMatchObject({ calls: 2n, costNanoUsd: 5n });
});

test('what is no event goes to the dead letters and the others go on', async () => {
  const tenant = newTenant();
  await nats.jetstream.publish('llmops.gateway.calls.completed.v1', 'not an event', { msgID: newId('evt') });
  await record(tenant, [testCall(tenant)]);
  const manager = await nats.manager();
  await until(async () => {
    const letter = { last_by_subj: 'dead-letters.cost__calls-completed' };
    return (await manager.streams.getMessage('DEAD_LETTERS', letter))?.string() === 'not an event';
  });
});

test('a summary has equal steps with zeros, and groups by model and by actor that add up to the total', async () => {
  const tenant = newTenant();
  const minute = Math.floor(Date.now() / 60_000) * 60_000 - 10 * 60_000;
  const calls = Array.from({ length: 30 }, (_, i) =>
    testCall(tenant, {
      startTime: timestampFromMs(minute + (i % 2) * 120_000),
      requestedModel: i % 3 === 0 ? 'dear' : 'cheap',
      actor: i % 5 === 0 ? 'key_a' : 'key_b',
      status: i % 4 === 0 ? Call_Status.CANCELLED : Call_Status.OK,
      usage: { inputTokens: 1n, cachedInputTokens: 2n, outputTokens: 3n, reasoningTokens: 4n },
      price: { state: Price_State.PRICED, costNanoUsd: i % 3 === 0 ? 1000n : 1n },
    }),
  );
  await record(tenant, calls);
  const summary = await client(UsageService).summarizeUsage(await viewerOf(tenant), {
    project: tenant.projectId,
    startTime: timestampFromMs(minute - 60_000),
    endTime: timestampFromMs(minute + 240_000),
    stepS: 60,
  });
  expect(summary.points.map((point) => point.calls)).toEqual([0n, 15n, 0n, 15n, 0n]);
  expect(summary.points.map((point) => timestampMs(point.time!) - minute)).toEqual([
    -60_000, 0, 60_000, 120_000, 180_000,
  ]);
  expect(summary.total).toMatchObject({ calls: 30n, inputTokens: 90n, outputTokens: 210n, costNanoUsd: 10_020n });
  expect(summary.models.map(({ key, total }) => [key, total!.calls, total!.costNanoUsd])).toEqual([
    ['dear', 10n, 10_000n],
    ['cheap', 20n, 20n],
  ]);
  expect(summary.actors.map(({ key, total }) => [key, total!.calls])).toEqual([
    ['key_b', 24n],
    ['key_a', 6n],
  ]);
  const hourly = await client(UsageService).summarizeUsage(await viewerOf(tenant), {
    project: tenant.projectId,
    startTime: timestampFromMs(minute - 30 * 86_400_000),
    endTime: timestampFromMs(minute + 240_000),
  });
  expect(hourly.total!.calls).toBe(30n);
  expect(hourly.stepS).toBe(86_400);
});

test('the ledger is paged newest first without gaps or repeats, within a range', async () => {
  const tenant = newTenant();
  const now = Date.now();
  const calls = Array.from({ length: 7 }, (_, i) =>
    testCall(tenant, { startTime: timestampFromMs(now - (i >> 1) * 1000) }),
  );
  await record(tenant, calls);
  const seen: string[] = [];
  let pageToken = '';
  do {
    const page = await client(UsageService).listUsage(await viewerOf(tenant), {
      project: tenant.projectId,
      pageSize: 3,
      pageToken,
    });
    seen.push(...page.records.map(({ callId }) => callId));
    pageToken = page.nextPageToken;
  } while (pageToken !== '');
  expect([...seen].sort()).toEqual(calls.map((call) => call.id!).sort());
  expect(new Set(seen.slice(0, 2))).toEqual(new Set([calls[0]!.id, calls[1]!.id]));
  const range = { startTime: timestampFromMs(now - 2000), endTime: timestampFromMs(now - 1000) };
  expect((await ledger(tenant, range)).map(({ callId }) => callId).sort()).toEqual(
    [calls[4]!.id, calls[5]!.id].sort() as string[],
  );
});

test("another tenant's usage does not exist", async () => {
  const [mine, theirs] = [newTenant(), newTenant()];
  await record(theirs, [testCall(theirs)]);
  expect(await ledger(mine)).toEqual([]);
  const viewer = await viewerOf(mine);
  const { total } = await client(UsageService).summarizeUsage(viewer, { project: mine.projectId });
  expect(total!.calls).toBe(0n);
  await expect(client(UsageService).listUsage(viewer, { project: theirs.projectId })).rejects.toMatchObject({
    category: 'not_found',
  });
  const connection = new pg.Client({ connectionString: database.url('cost') });
  await connection.connect();
  for (const table of ['usage', 'usage_sums']) {
    expect((await connection.query(`select * from cost.${table}`)).rows).toEqual([]);
  }
  await connection.end();
});

test('a range that ends before it starts, or has too many steps, is refused with the field named', async () => {
  const tenant = newTenant();
  const viewer = await viewerOf(tenant);
  const now = Date.now();
  const summary = (days: number, stepS: number) =>
    client(UsageService).summarizeUsage(viewer, {
      project: tenant.projectId,
      startTime: timestampFromMs(now - days * 86_400_000),
      endTime: timestampFromMs(now),
      stepS,
    });
  await expect(summary(-1, 0)).rejects.toMatchObject({ code: 'cost.window_invalid', fields: [{ field: 'end_time' }] });
  await expect(summary(90, 60)).rejects.toMatchObject({ code: 'cost.too_many_steps', fields: [{ field: 'step_s' }] });
});
