import { setTimeout as sleep } from 'node:timers/promises';
import { timestampFromMs } from '@bufbuild/protobuf/wkt';
import { Call_Status, Price_State } from '@llmops/contracts/gateway/v1/call';
import { MetricsService, TraceService } from '@llmops/contracts/observability/v1/trace';
import { newId } from '@llmops/platform';
import { newTraceId } from '@llmops/platform/context';
import { callsEvent, newTenant, publishCalls, testCall, until } from '@llmops/testing';
import { expect, test } from 'vitest';
import { createApp } from '../src/app.ts';
import { ApplyRetention } from '../src/modules/retention/index.ts';
import { client, configOf, database, list, nats, record, rows, service, viewerOf } from './harness.ts';

test('a call becomes a trace: request, model call with GenAI attributes and payload, phases', async () => {
  const tenant = newTenant();
  const call = testCall(tenant, { sessionId: 'chat-1', endUser: 'ada' });
  const [summary] = await record(tenant, [call]);
  expect(summary).toMatchObject({
    traceId: call.traceId,
    name: 'chat smollm2-135m-instruct',
    durationMs: 120.5,
    timeToFirstTokenMs: 30.25,
    status: Call_Status.OK,
    model: 'smollm2-135m-instruct',
    sessionId: 'chat-1',
    endUser: 'ada',
    spanCount: 5,
    inputPreview: 'What is the capital of Switzerland?',
    outputPreview: 'Bern is the capital.',
    price: { state: Price_State.FREE, costNanoUsd: 0n },
    usage: { inputTokens: 10n, cachedInputTokens: 2n, outputTokens: 5n, reasoningTokens: 1n },
  });
  for (const id of [call.traceId!, call.id!]) {
    const trace = await client(TraceService).getTrace(await viewerOf(tenant), { project: tenant.projectId, trace: id });
    expect(trace.spans.map(({ kind, name }) => `${kind} ${name}`)).toEqual([
      'server POST /v1/chat/completions',
      'client chat smollm2-135m-instruct',
      'internal queue',
      'internal prefill',
      'internal decode',
    ]);
    const [root, model, queue] = trace.spans;
    expect(root).toMatchObject({ spanId: call.spanId, inputJson: '' });
    expect(root!.usage).toBeUndefined();
    expect(model).toMatchObject({ parentSpanId: call.spanId, inputJson: call.inputJson, outputJson: call.outputJson });
    expect(queue!.parentSpanId).toBe(model!.spanId);
    expect(model!.attributes).toMatchObject({
      'gen_ai.operation.name': '"chat"',
      'gen_ai.request.model': '"smollm2-135m-instruct"',
      'gen_ai.request.temperature': '0.5',
      'gen_ai.request.max_tokens': '64',
      'gen_ai.usage.input_tokens': '12',
      'gen_ai.usage.output_tokens': '6',
      'gen_ai.response.finish_reasons': '["stop"]',
      'gen_ai.conversation.id': '"chat-1"',
    });
  }
});

test('steps before the model call are spans of their own, nested as they were', async () => {
  const tenant = newTenant();
  const call = testCall(tenant, {
    durationMs: 120,
    steps: [
      {
        name: 'retrieval kb_1',
        startMs: 1,
        durationMs: 20,
        attributes: { 'gen_ai.operation.name': '"retrieval"', odd: 'no JSON' },
        inputJson: '"question"',
        outputJson: '[]',
      },
      { name: 'embed', startMs: 2, durationMs: 5, parent: 1, status: Call_Status.ERROR, errorMessage: 'busy' },
    ],
  });
  await record(tenant, [call]);
  const { spans } = await client(TraceService).getTrace(await viewerOf(tenant), {
    project: tenant.projectId,
    trace: call.id!,
  });
  const named = (name: string) => spans.find((span) => span.name === name)!;
  expect(named('retrieval kb_1')).toMatchObject({
    parentSpanId: call.spanId,
    durationMs: 20,
    inputJson: '"question"',
    attributes: { 'gen_ai.operation.name': '"retrieval"', odd: '"no JSON"' },
  });
  expect(named('embed')).toMatchObject({
    parentSpanId: named('retrieval kb_1').spanId,
    status: Call_Status.ERROR,
    statusMessage: 'busy',
  });
  expect(named('chat smollm2-135m-instruct').durationMs).toBe(99);
});

test('a message delivered twice, and a call that comes again in another message, have one effect', async () => {
  const tenant = newTenant();
  const [once, again] = [testCall(tenant, { sessionId: 's' }), testCall(tenant, { sessionId: 's' })];
  const { subject, payload } = callsEvent([once, again]);
  // Without Nats-Msg-Id JetStream keeps both copies; under two ids the inbox lets both in, and the key of calls decides.
  await nats.jetstream.publish(subject, payload, { msgID: newId('evt') });
  await nats.jetstream.publish(subject, payload, { msgID: newId('evt') });
  await record(tenant, [testCall(tenant), again]);
  await until(async () => (await pending()) === 0);
  expect(await list(tenant, {})).toHaveLength(3);
  const { sessions } = await client(TraceService).listSessions(await viewerOf(tenant), { project: tenant.projectId });
  expect(sessions).toMatchObject([{ id: 's', traceCount: 2n, totalTokens: 36n }]);
  const { total } = await client(MetricsService).queryMetrics(await viewerOf(tenant), { project: tenant.projectId });
  expect(total!.requests).toBe(3n);
  const [spans] = await rows<{ count: number }>(
    'select count(*)::int as count from observability.spans where call_id = $1',
    [once.id],
  );
  expect(spans!.count).toBe(5);
});

test('what is no event goes to the dead letters at once and the others go on', async () => {
  const tenant = newTenant();
  const before = await deadLetters();
  await nats.jetstream.publish('llmops.gateway.calls.completed.v1', 'not an event', { msgID: newId('evt') });
  await nats.jetstream.publish('llmops.gateway.calls.completed.v1', '{"data":{"calls":[{"id":"x"}]}}');
  await record(tenant, [testCall(tenant)]);
  await until(async () => (await deadLetters()) === before + 2);
});

test('text that Postgres does not take is recorded without the characters at fault', async () => {
  const tenant = newTenant();
  const call = testCall(tenant, {
    inputJson: JSON.stringify('nul \0 and half \ud800 a pair'),
    sessionId: 'a\0b',
    parametersJson: JSON.stringify({ stop: ['\0', '\udc00'] }),
  });
  await record(tenant, [call]);
  expect(await list(tenant, { sessionId: 'ab' })).toHaveLength(1);
});

test('filters narrow the list, alone and together', async () => {
  const tenant = newTenant();
  const now = Date.now();
  const at = (ms: number) => timestampFromMs(now + ms);
  const calls = [
    testCall(tenant, { startTime: at(-5_000), requestedModel: 'a', endUser: 'u1', durationMs: 10 }),
    testCall(tenant, { startTime: at(-4_000), requestedModel: 'b', sessionId: 's1', durationMs: 2_000 }),
    testCall(tenant, {
      startTime: at(-3_000),
      requestedModel: 'a',
      status: Call_Status.ERROR,
      errorCode: 'inference.queue_full',
      actor: 'key_other',
    }),
    testCall(tenant, { startTime: at(-2_000), status: Call_Status.CANCELLED }),
  ];
  await record(tenant, calls);
  const found = async (filter: object) =>
    (await list(tenant, filter)).map((trace) => calls.findIndex((call) => call.traceId === trace.traceId));
  expect(await found({})).toEqual([3, 2, 1, 0]);
  expect(await found({ model: 'a' })).toEqual([2, 0]);
  expect(await found({ status: Call_Status.ERROR })).toEqual([2]);
  expect(await found({ status: Call_Status.OK })).toEqual([1, 0]);
  expect(await found({ sessionId: 's1' })).toEqual([1]);
  expect(await found({ endUser: 'u1' })).toEqual([0]);
  expect(await found({ actor: 'key_other' })).toEqual([2]);
  expect(await found({ minDurationMs: 1_000 })).toEqual([1]);
  expect(await found({ startTime: at(-4_000), endTime: at(-3_000) })).toEqual([1]);
  expect(await found({ model: 'a', status: Call_Status.OK })).toEqual([0]);
  expect(await found({ query: 'Switzerland capital', model: 'a' })).toEqual([2, 0]);
});

test('words of the input and the output find a call, in scripts without spaces too', async () => {
  const tenant = newTenant();
  const invoice = testCall(tenant, { inputJson: JSON.stringify('Where is my invoice 4711?') });
  const weather = testCall(tenant, { outputJson: JSON.stringify({ content: '東京都の天気は晴れです' }) });
  await record(tenant, [invoice, weather]);
  const found = async (query: string) => (await list(tenant, { query })).map((trace) => trace.traceId);
  expect(await found('INVOICE 4711')).toEqual([invoice.traceId]);
  expect(await found('天気')).toEqual([weather.traceId]);
  expect(await found('invoice 天気')).toEqual([]);
  expect(await found('?!')).toEqual([]);
});

test('pages cover the list without gaps or repeats, also where calls begin in the same millisecond', async () => {
  const tenant = newTenant();
  const startTime = timestampFromMs(Date.now());
  const calls = Array.from({ length: 7 }, () => testCall(tenant, { startTime }));
  await record(tenant, calls);
  for (const query of ['', 'Bern']) {
    const seen: string[] = [];
    let pageToken = '';
    do {
      const page = await client(TraceService).listTraces(await viewerOf(tenant), {
        project: tenant.projectId,
        pageSize: 3,
        pageToken,
        query,
      });
      seen.push(...page.traces.map((trace) => trace.traceId));
      pageToken = page.nextPageToken;
    } while (pageToken !== '');
    expect(seen.sort()).toEqual(calls.map((call) => call.traceId!).sort());
  }
});

test("another tenant's traces, sessions and metrics do not exist, nor do rows in partitions", async () => {
  const [mine, theirs] = [newTenant(), newTenant()];
  const call = testCall(theirs, { sessionId: 'secret' });
  await record(theirs, [call]);
  expect(await list(mine, {})).toEqual([]);
  expect(await list(mine, { query: 'capital' })).toEqual([]);
  const viewer = await viewerOf(mine);
  for (const trace of [call.id!, call.traceId!]) {
    await expect(client(TraceService).getTrace(viewer, { project: mine.projectId, trace })).rejects.toMatchObject({
      code: 'observability.trace_not_found',
      category: 'not_found',
    });
  }
  const foreign = client(TraceService).listTraces(viewer, { project: theirs.projectId });
  await expect(foreign).rejects.toMatchObject({ category: 'not_found' });
  const { sessions } = await client(TraceService).listSessions(viewer, { project: mine.projectId });
  expect(sessions).toEqual([]);
  const { total } = await client(MetricsService).queryMetrics(viewer, { project: mine.projectId });
  expect(total!.requests).toBe(0n);
  // As the service's own role, without a tenant, and around the parent table.
  const app = database.url('observability');
  for (const table of ['calls', 'spans', 'sessions', 'metrics']) {
    expect(await rows(`select * from observability.${table}`, [], app)).toEqual([]);
  }
  const day = new Date().toISOString().slice(0, 10).replaceAll('-', '');
  await expect(rows(`select * from observability.calls_${day}`, [], app)).rejects.toThrow('permission denied');
  await expect(rows('select * from observability.calls_default', [], app)).rejects.toThrow('permission denied');
});

test('several calls of one trace are one tree: it fails with one, and its cost is a lower bound with an unpriced one', async () => {
  const tenant = newTenant();
  const traceId = newTraceId();
  const priced = testCall(tenant, { traceId, price: { state: Price_State.PRICED, costNanoUsd: 70n } });
  const failed = testCall(tenant, {
    traceId,
    status: Call_Status.ERROR,
    errorCode: 'x.y',
    price: { state: Price_State.UNPRICED },
    startTime: timestampFromMs(Date.now() + 500),
  });
  await publishCalls(nats, [priced, failed]);
  await until(async () => (await list(tenant, {})).length === 2);
  const trace = await client(TraceService).getTrace(await viewerOf(tenant), {
    project: tenant.projectId,
    trace: traceId,
  });
  expect(trace.spans).toHaveLength(10);
  expect(trace.summary).toMatchObject({
    status: Call_Status.ERROR,
    errorCode: 'x.y',
    price: { state: Price_State.UNPRICED, costNanoUsd: 70n },
    usage: { inputTokens: 20n },
  });
});

test('a call of a day without a partition, or far from now, is kept and found', async () => {
  const tenant = newTenant();
  const calls = [-20, 40].map((days) =>
    testCall(tenant, { startTime: timestampFromMs(Date.now() + days * 86_400_000) }),
  );
  await record(tenant, calls);
  const trace = await client(TraceService).getTrace(await viewerOf(tenant), {
    project: tenant.projectId,
    trace: calls[1]!.id!,
  });
  expect(trace.spans).toHaveLength(5);
});

test('watchers at every replica see calls as they are committed, and a watch ends when its reader leaves', async () => {
  const tenant = newTenant();
  const second = await createApp(configOf());
  const leave = new AbortController();
  const viewer = await viewerOf(tenant, leave.signal);
  const seen: string[][] = [[], []];
  const watches = [service, second].map(async (of, i) => {
    for await (const trace of client(TraceService, of).watchTraces(viewer, { project: tenant.projectId })) {
      seen[i]!.push(trace.traceId);
    }
  });
  await sleep(200);
  const calls = [testCall(tenant), testCall(tenant)];
  await publishCalls(nats, calls);
  await publishCalls(nats, [testCall(newTenant())]);
  const ids = calls.map((call) => call.traceId!);
  await until(() => seen.every((some) => some.length === 2));
  expect(seen).toEqual([ids, ids]);
  leave.abort();
  await Promise.allSettled(watches);
  await second.stop();
});

test('retention drops whole days and leaves the rest', async () => {
  const tenant = newTenant();
  const old = testCall(tenant, { startTime: timestampFromMs(Date.now() - 33 * 86_400_000) });
  const kept = testCall(tenant);
  await record(tenant, [old, kept]);
  await service.app.get(ApplyRetention).run();
  expect((await list(tenant, {})).map((trace) => trace.traceId)).toEqual([kept.traceId]);
  await record(tenant, [testCall(tenant)]);
});

async function pending(): Promise<number> {
  const manager = await nats.manager();
  const info = await manager.consumers.info('GATEWAY', 'observability__calls-completed');
  return info.num_pending + info.num_ack_pending;
}

async function deadLetters(): Promise<number> {
  const manager = await nats.manager();
  const filter = { subjects_filter: 'dead-letters.observability__calls-completed' };
  const info = await manager.streams.info('DEAD_LETTERS', filter).catch(() => undefined);
  return Object.values(info?.state.subjects ?? {}).reduce((sum, count) => sum + count, 0);
}
