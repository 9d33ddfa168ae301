import { setTimeout as sleep } from 'node:timers/promises';
import { Call_Status, Price_State } from '@llmops/contracts/gateway/v1/call';
import { until } from '@llmops/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { chunk, completion, type FakeProvider, sse, startFakeProvider, usage } from './fake-provider.ts';
import { type Harness, startHarness } from './harness.ts';

let gateway: Harness;
const providers: FakeProvider[] = [];

beforeAll(async () => {
  gateway = await startHarness();
});
afterAll(async () => {
  for (const provider of providers) await provider.close();
  await gateway?.stop();
});

async function upstream(...args: Parameters<typeof startFakeProvider>) {
  const provider = await startFakeProvider(...args);
  providers.push(provider);
  return provider;
}

const ask = { messages: [{ role: 'user', content: 'hello' }] };

const post = (path: string, key: string, body: unknown, init: RequestInit = {}) =>
  fetch(`${gateway.base}${path}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    body: typeof body === 'string' ? body : JSON.stringify(body),
    ...init,
  });

/** A new tenant with one upstream behind `up/m`. */
async function tenantWith(answer: Parameters<typeof startFakeProvider>[0], model?: string, apiKey?: string) {
  const provider = await upstream(answer);
  const { project, key } = await gateway.tenant();
  const alias = await gateway.provide(project, provider.baseUrl, model, apiKey);
  await until(async () => {
    const list = (await (
      await fetch(`${gateway.base}/v1/models`, { headers: { authorization: `Bearer ${key}` } })
    ).json()) as {
      data: { id: string }[];
    };
    return list.data.some(({ id }) => id === alias);
  });
  return { provider, project, key, alias };
}

test('an answer passes through byte for byte and is recorded with usage, release and time', async () => {
  const text = JSON.stringify(completion('hi'), null, 1);
  const { key, alias, provider, project } = await tenantWith(
    (_body, response) => {
      response.setHeader('content-type', 'application/json');
      response.end(text);
    },
    'm',
    'sk-upstream',
  );
  const response = await post('/v1/chat/completions', key, {
    model: alias,
    ...ask,
    user: 'u1',
    metadata: { session_id: 's1' },
  });
  expect(response.status).toBe(200);
  expect(await response.text()).toBe(text);
  expect(provider.requests[0]).toMatchObject({
    path: '/v1/chat/completions',
    body: { model: 'm', messages: ask.messages },
  });
  expect(provider.requests[0]!.headers.authorization).toBe('Bearer sk-upstream');
  const call = await gateway.call(response.headers.get('x-llmops-call-id'));
  expect(call).toMatchObject({
    project,
    status: Call_Status.OK,
    releaseId: 'rel_test',
    provider: 'up',
    responseModel: 'served-model',
    finishReason: 'stop',
    endUser: 'u1',
    sessionId: 's1',
    usage: { inputTokens: 6n, cachedInputTokens: 4n, outputTokens: 3n, estimated: false },
    price: { state: Price_State.UNPRICED },
  });
  expect(JSON.parse(call.inputJson)).toEqual(ask.messages);
  expect(call.outputJson).toContain('hi');
  expect(call.outputJson + call.inputJson + call.parametersJson).not.toContain('sk-upstream');
});

test('frames of a stream pass 1:1; the usage chunk is asked for and kept from a client that did not want it', async () => {
  const frames = [
    sse(chunk('a')),
    ': keep-alive\n\n',
    sse(chunk('b')),
    sse(chunk('', 'stop')),
    sse({ ...chunk(''), choices: [], usage }),
  ];
  const { key, alias, provider } = await tenantWith((_body, response) => {
    response.setHeader('content-type', 'text/event-stream');
    response.end(`${frames.join('')}data: [DONE]\n\n`);
  });
  const without = await post('/v1/chat/completions', key, { model: alias, stream: true, ...ask });
  expect(await without.text()).toBe(`${frames.slice(0, 4).join('')}data: [DONE]\n\n`);
  const withUsage = await post('/v1/chat/completions', key, {
    model: alias,
    stream: true,
    stream_options: { include_usage: true },
    ...ask,
  });
  expect(await withUsage.text()).toBe(`${frames.join('')}data: [DONE]\n\n`);
  expect(provider.requests.map(({ body }) => body['stream_options'])).toEqual([
    { include_usage: true },
    { include_usage: true },
  ]);
  const call = await gateway.call(without.headers.get('x-llmops-call-id'));
  expect(call).toMatchObject({ stream: true, finishReason: 'stop', usage: { outputTokens: 3n } });
  expect(call.timeToFirstTokenMs).toBeGreaterThan(0);
  expect(JSON.parse(call.outputJson)[0].message.content).toBe('ab');
});

test('streams one after the other share a connection, also when the upstream ends its body after the end mark', async () => {
  const { key, alias, provider } = await tenantWith(async (_body, response) => {
    response.setHeader('content-type', 'text/event-stream');
    response.write(`${sse(chunk('a'))}${sse('[DONE]')}`);
    await sleep(20);
    response.end();
  });
  for (let i = 0; i < 3; i += 1) {
    const response = await post('/v1/chat/completions', key, { model: alias, stream: true, ...ask });
    expect(await response.text()).toContain('[DONE]');
    await sleep(60);
  }
  expect(provider.requests.length).toBe(3);
  expect([provider.connections, provider.aborted]).toEqual([1, 0]);
});

test('a client that leaves at any chunk frees the upstream and leaves a row with partial usage', async () => {
  const { key, alias, provider } = await tenantWith(async (_body, response) => {
    response.setHeader('content-type', 'text/event-stream');
    for (let i = 0; i < 200 && !response.destroyed; i += 1) {
      response.write(sse(chunk(`word${i} `)));
      await sleep(5);
    }
    response.end();
  });
  for (const after of [1, 2, 5, 9]) {
    const controller = new AbortController();
    const before = provider.aborted;
    const response = await post(
      '/v1/chat/completions',
      key,
      { model: alias, stream: true, ...ask },
      { signal: controller.signal },
    );
    const reader = response.body!.getReader();
    for (let i = 0; i < after; i += 1) await reader.read();
    controller.abort();
    await until(() => provider.aborted > before, 1_000);
    const call = await gateway.call(response.headers.get('x-llmops-call-id'));
    expect(call).toMatchObject({ status: Call_Status.CANCELLED, httpStatus: 499, errorCode: 'gateway.client_left' });
    expect(call.usage).toMatchObject({ estimated: true });
    expect(call.usage!.outputTokens).toBeGreaterThan(0n);
  }
});

test('an upstream that fails in the middle of a stream ends it with a typed error event and no end mark', async () => {
  const { key, alias } = await tenantWith((_body, response) => {
    response.setHeader('content-type', 'text/event-stream');
    response.write(sse(chunk('half an ')));
    setTimeout(() => response.destroy(), 30);
  });
  const response = await post('/v1/chat/completions', key, { model: alias, stream: true, ...ask });
  const text = await response.text();
  expect(text).not.toContain('[DONE]');
  const last = JSON.parse(text.trim().split('\n\n').at(-1)!.slice(6)) as { error: { code: string } };
  expect(last.error.code).toBe('gateway.upstream_broke');
  const call = await gateway.call(response.headers.get('x-llmops-call-id'));
  expect(call).toMatchObject({
    status: Call_Status.ERROR,
    errorCode: 'gateway.upstream_broke',
    usage: { estimated: true },
  });
});

test("an upstream's own error passes with its status; a refusal of our key does not look like the caller's", async () => {
  let status = 429;
  const { key, alias } = await tenantWith((_body, response) => {
    response.writeHead(status, { 'content-type': 'application/json', 'retry-after': '7' });
    response.end(
      JSON.stringify({ error: { message: 'slow down', type: 'rate_limit_error', param: null, code: 'rate_limited' } }),
    );
  });
  for (const stream of [false, true]) {
    const response = await post('/v1/chat/completions', key, { model: alias, stream, ...ask });
    expect(response.status).toBe(429);
    expect(response.headers.get('retry-after')).toBe('7');
    expect(await response.json()).toMatchObject({ error: { message: 'slow down', code: 'rate_limited' } });
  }
  status = 401;
  const refused = await post('/v1/chat/completions', key, { model: alias, ...ask });
  expect(refused.status).toBe(503);
  expect(await refused.json()).toMatchObject({ error: { code: 'gateway.upstream_refused_key' } });
});

test('an upstream that is not there is a 503 that says so', async () => {
  const { project, key } = await gateway.tenant();
  const alias = await gateway.provide(project, 'http://127.0.0.1:9/v1');
  await until(async () => (await post('/v1/chat/completions', key, { model: alias, ...ask })).status === 503);
  const response = await post('/v1/chat/completions', key, { model: alias, ...ask });
  expect(await response.json()).toMatchObject({ error: { code: 'gateway.upstream_unreachable' } });
});

test('bad requests get a 4xx that names the field, and cost no memory', async () => {
  const { key, alias } = await tenantWith((_body, response) => {
    response.end(JSON.stringify(completion('x')));
  });
  const chat = (body: unknown) => post('/v1/chat/completions', key, body);
  const cases: [unknown, number, string][] = [
    ['{"model": ', 400, 'JSON'],
    [`${'['.repeat(100_000)}`, 400, 'nested deeper'],
    [{}, 400, 'model'],
    [{ model: alias }, 400, 'messages'],
    [{ model: alias, messages: 'hello' }, 400, 'messages'],
    [{ model: alias, messages: [{ role: 'wizard', content: 'x' }] }, 400, 'messages[0].role'],
    [{ model: alias, ...ask, temperature: 'hot' }, 400, 'temperature'],
    [{ model: 'nope', ...ask }, 404, 'nope'],
  ];
  for (const [body, status, mention] of cases) {
    const response = await chat(body);
    const answer = (await response.json()) as { error: { message: string; type: string } };
    expect([response.status, answer.error.message]).toEqual([status, expect.stringContaining(mention)]);
  }
  const before = process.memoryUsage().rss;
  const big = await chat('x'.repeat(64 << 20));
  expect(big.status).toBe(413);
  expect(await big.json()).toMatchObject({ error: { code: 'gateway.body_too_large' } });
  expect(process.memoryUsage().rss - before).toBeLessThan(200 << 20);
});

test('no key, a wrong key and a revoked key are 401 in OpenAI form', async () => {
  for (const headers of [{}, { authorization: 'Bearer llmk_wrong' }, { authorization: 'Basic eDp5' }]) {
    const response = await fetch(`${gateway.base}/v1/models`, { headers: headers as Record<string, string> });
    expect(response.status).toBe(401);
    expect(await response.json()).toMatchObject({ error: { type: 'authentication_error' } });
  }
});

test("one tenant neither sees nor reaches another's models", async () => {
  const { alias, provider } = await tenantWith((_body, response) => {
    response.end(JSON.stringify(completion('secret')));
  });
  const stranger = await gateway.tenant();
  const list = await fetch(`${gateway.base}/v1/models`, { headers: { authorization: `Bearer ${stranger.key}` } });
  expect(await list.json()).toEqual({ object: 'list', data: [] });
  const response = await post('/v1/chat/completions', stranger.key, { model: alias, ...ask });
  expect(response.status).toBe(404);
  expect(provider.requests).toEqual([]);
});

test('an embedding model refuses chat, and the other way round', async () => {
  const { key, alias } = await tenantWith((_body, response) => {
    response.end('{}');
  }, 'embed-1');
  const response = await post('/v1/chat/completions', key, { model: alias, ...ask });
  expect(response.status).toBe(400);
  expect(await response.json()).toMatchObject({ error: { code: 'gateway.model_wrong_task', param: 'model' } });
});

test('calls that end together are recorded together, each once', async () => {
  const { key, alias, project } = await tenantWith((_body, response) => {
    response.end(JSON.stringify(completion('x')));
  });
  const ids = await Promise.all(
    Array.from({ length: 100 }, async () => {
      const response = await post('/v1/chat/completions', key, { model: alias, ...ask });
      return response.headers.get('x-llmops-call-id');
    }),
  );
  await until(() => gateway.calls.filter((call) => call.project === project).length >= 100);
  const recorded = gateway.calls.filter((call) => call.project === project).map((call) => call.id);
  expect(recorded.sort()).toEqual([...ids].sort());
});

test('the trace of the caller is continued', async () => {
  const { key, alias, provider } = await tenantWith((_body, response) => {
    response.end(JSON.stringify(completion('x')));
  });
  const traceId = 'a'.repeat(31).concat('1');
  const headers = {
    authorization: `Bearer ${key}`,
    'content-type': 'application/json',
    traceparent: `00-${traceId}-${'b'.repeat(16)}-01`,
  };
  const response = await post('/v1/chat/completions', key, { model: alias, ...ask }, { headers });
  const call = await gateway.call(response.headers.get('x-llmops-call-id'));
  expect(call).toMatchObject({ traceId, parentSpanId: 'b'.repeat(16) });
  expect(provider.requests[0]!.headers.traceparent).toBe(`00-${traceId}-${call.spanId}-01`);
});
