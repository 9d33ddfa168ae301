import { setTimeout as sleep } from 'node:timers/promises';
import { until } from '@llmops/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { countRows } from './support/ledger.ts';
import { allReady, chat, chatModel, kill, pidOf, projectId, rest, traceOf } from './support/platform.ts';
import { registerFastProvider, startLoad } from './support/provider.ts';

let provider: Awaited<ReturnType<typeof registerFastProvider>>;

beforeAll(async () => {
  await allReady();
  provider = await registerFastProvider('load');
});
afterAll(() => provider?.close());

const story = {
  messages: [{ role: 'user', content: 'Tell a very long story about a river.' }],
  max_tokens: 600,
  stream: true,
};

/** In observability and in the ledger each call exactly once. */
async function eachOnce(ids: string[]): Promise<void> {
  const expected = { once: ids.length, missing: 0, doubled: 0 };
  for (const [table, column] of [
    ['cost.usage', 'call_id'],
    ['observability.calls', 'id'],
  ] as const) {
    await until(async () => (await countRows(table, column, ids)).missing === 0, 60_000);
    expect(await countRows(table, column, ids), table).toEqual(expected);
  }
}

const usageOf = (callId: string) =>
  until(async () => {
    const { json } = await rest(`/projects/${projectId}/usage?pageSize=200`);
    return (
      json['records'] as { callId: string; status: string; usage: { estimated: boolean; outputTokens: string } }[]
    ).find((record) => record.callId === callId);
  }, 30_000);

test('inference killed in the middle of a stream: a typed error event, a usage row, and it comes back', async () => {
  const response = await chat(story);
  const reader = response.body!.getReader();
  for (let pieces = 0; pieces < 5; pieces += 1) await reader.read();
  await kill('inference');
  let text = '';
  for (let piece = await reader.read(); !piece.done; piece = await reader.read())
    text += Buffer.from(piece.value).toString();
  const last = JSON.parse(text.trim().split('\n\n').at(-1)!.replace('data: ', '')) as {
    error: { code: string; message: string };
  };
  expect(last.error.code).toMatch(/^(platform\.peer_unavailable|inference\.)/);
  expect(text).not.toContain('[DONE]');
  const record = await usageOf(response.headers.get('x-llmops-call-id')!);
  expect(record).toMatchObject({ status: 'STATUS_ERROR', usage: { estimated: true } });
  expect(Number(record.usage.outputTokens)).toBeGreaterThan(0);
  await allReady();
  await until(async () => (await chat({ max_tokens: 4 })).ok, 60_000);
});

test('observability, cost and Postgres killed under load: every acknowledged call is there afterwards, once', async () => {
  const load = startLoad(provider.model, 4);
  const end = Date.now() + 30_000;
  for (let round = 0; Date.now() < end; round += 1) {
    await kill(['observability', 'cost', 'postgres'][round % 3]!);
    await sleep(3_000);
  }
  const { acknowledged, refused } = await load.stop();
  await allReady();
  expect(acknowledged.length).toBeGreaterThan(500);
  // None of them is on the way of a call.
  expect(refused).toBe(0);
  await eachOnce(acknowledged);
});

test('NATS killed under load: nothing acknowledged is lost', async () => {
  const load = startLoad(provider.model, 4);
  for (let round = 0; round < 3; round += 1) {
    await sleep(2_000);
    await kill('nats');
  }
  await sleep(5_000);
  const { acknowledged } = await load.stop();
  await allReady();
  expect(acknowledged.length).toBeGreaterThan(100);
  await eachOnce(acknowledged);
});

test('services told to stop under load finish what they have: nothing lost, nothing twice', async () => {
  const load = startLoad(provider.model, 4);
  for (const service of ['cost', 'observability', 'models', 'governance']) {
    await sleep(500);
    process.kill(await pidOf(service), 'SIGTERM');
    await allReady();
  }
  const { acknowledged, refused } = await load.stop();
  expect(refused).toBe(0);
  await eachOnce(acknowledged);
});

test('twenty clients that leave in the middle of a stream: each slot is free within a second, each call has a partial row', async () => {
  const busy = async () => {
    const { json } = await rest('/replicas');
    const replicas = json['replicas'] as { model: string; busySlots: number; queued: number }[];
    return replicas
      .filter(({ model }) => model === chatModel)
      .reduce((sum, { busySlots, queued }) => sum + busySlots + queued, 0);
  };
  await until(async () => (await busy()) === 0);
  const ids: string[] = [];
  for (let round = 0; round < 20; round += 1) {
    const controller = new AbortController();
    const response = await chat(story, { signal: controller.signal });
    const reader = response.body!.getReader();
    for (let pieces = 0; pieces <= round % 5; pieces += 1) await reader.read();
    expect(await busy()).toBe(1);
    controller.abort();
    await until(async () => (await busy()) === 0, 1_000);
    ids.push(response.headers.get('x-llmops-call-id')!);
  }
  await eachOnce(ids);
  for (const id of ids) {
    const { summary } = (await traceOf(id)) as unknown as {
      summary: { status: string; usage: { estimated: boolean } };
    };
    expect(summary).toMatchObject({ status: 'STATUS_CANCELLED', usage: { estimated: true } });
  }
});
