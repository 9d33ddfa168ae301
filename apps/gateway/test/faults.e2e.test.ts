import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { connect, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { Call_Status } from '@llmops/contracts/gateway/v1/call';
import { Role } from '@llmops/contracts/options/v1/options';
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

const ask = { messages: [{ role: 'user', content: 'hello' }] };

const post = (path: string, key: string, body: unknown, init: RequestInit = {}) =>
  fetch(`${gateway.base}${path}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    body: typeof body === 'string' ? body : JSON.stringify(body),
    ...init,
  });

/** A new tenant with one upstream behind `up/m`. */
async function tenantWith(answer: (body: Record<string, unknown>, response: ServerResponse) => void | Promise<void>) {
  const provider = await startFakeProvider(answer);
  providers.push(provider);
  const { project, key } = await gateway.tenant();
  const alias = await gateway.provide(project, provider.baseUrl);
  const headers = { authorization: `Bearer ${key}` };
  await until(async () => (await fetch(`${gateway.base}/v1/models/${alias}`, { headers })).ok);
  return { provider, project, key, alias };
}

const callOf = (response: Response) => gateway.call(response.headers.get('x-llmops-call-id'));

const stream = (response: ServerResponse, ...frames: unknown[]) => {
  response.setHeader('content-type', 'text/event-stream');
  response.end(frames.map((frame) => (typeof frame === 'string' ? frame : sse(frame))).join(''));
};

test.each(['constructor', '__proto__', 'toString', '*', '_'])(
  'a project that is a name of the language or a wildcard (%s) does not exist',
  async (name) => {
    const { key } = await gateway.tenant(Role.INFERENCE);
    const headers = { authorization: `Bearer ${key}` };
    const models = await fetch(`${gateway.base}/v1/models`, { headers: { ...headers, 'x-llmops-project': name } });
    expect(models.status).toBe(404);
    const keys = await fetch(`${gateway.base}/api/v1/projects/${name}/apiKeys`, { headers });
    expect(keys.status).toBe(404);
  },
);

test.each([
  ['a lone surrogate as the model', { model: '\ud800', ...ask }],
  ['a model name of 300 kB', { model: 'm'.repeat(300_000), ...ask }],
  ['a user cut inside a pair', { model: 'nope', ...ask, user: `${'u'.repeat(199)}😀` }],
  [
    'NUL everywhere',
    { model: '\0', messages: [{ role: 'user', content: '\0' }], user: '\0', metadata: { session_id: '\0' } },
  ],
])('%s is recorded in a form that consumers take', async (_what, body) => {
  const { key } = await gateway.tenant();
  const response = await post('/v1/chat/completions', key, body);
  expect(response.status).toBe(404);
  const call = await callOf(response);
  expect(call.errorCode).toBe('model_not_found');
  expect(call.requestedModel.length).toBeLessThan(1_000);
});

test.each([
  ['no JSON', '<html>hi</html>'],
  ['null', 'null'],
  ['a string', '"x"'],
])('an upstream that answers 200 with %s is a fault of the upstream', async (_what, body) => {
  const { key, alias } = await tenantWith((_body, response) => void response.end(body));
  const response = await post('/v1/chat/completions', key, { model: alias, ...ask });
  expect(response.status).toBe(503);
  expect(await response.json()).toMatchObject({ error: { code: 'gateway.upstream_broke' } });
  expect(await callOf(response)).toMatchObject({ status: Call_Status.ERROR, errorCode: 'gateway.upstream_broke' });
});

test('an answer with fields of wrong types is passed on and recorded in a form that consumers take', async () => {
  const odd = {
    model: 7,
    object: {},
    choices: [{ finish_reason: { a: 1 }, message: 5 }],
    usage: { prompt_tokens: 9e15, completion_tokens: -1 },
  };
  const { key, alias } = await tenantWith((body, response) =>
    body['stream']
      ? stream(
          response,
          odd,
          sse('null'),
          sse('"x"'),
          { choices: 3 },
          { object: 'text_completion', choices: {} },
          'data: [DONE]\n\n',
        )
      : void response.end(JSON.stringify(odd)),
  );
  const whole = await post('/v1/chat/completions', key, { model: alias, ...ask });
  expect(await whole.json()).toEqual(odd);
  expect((await callOf(whole)).status).toBe(Call_Status.OK);
  const streamed = await post('/v1/chat/completions', key, { model: alias, stream: true, ...ask });
  expect(await streamed.text()).toContain('[DONE]');
  expect((await callOf(streamed)).status).toBe(Call_Status.OK);
});

test('an answer nested deeper than the stack is passed on and recorded', async () => {
  const deep = `{"choices":[{"index":0,"message":{"role":"assistant","content":"x","odd":${'['.repeat(20_000)}${']'.repeat(20_000)}}}],"usage":{"prompt_tokens":1,"completion_tokens":1}}`;
  const { key, alias } = await tenantWith((_body, response) => void response.end(deep));
  const response = await post('/v1/chat/completions', key, { model: alias, ...ask });
  expect(await response.text()).toBe(deep);
  expect(await callOf(response)).toMatchObject({ status: Call_Status.OK, outputJson: '{"truncated":true}' });
});

test('an answer without choices, and one without usage, are passed on; tokens that nobody counted are estimated', async () => {
  const { choices: _choices, ...bare } = completion('x');
  const { usage: _usage, ...unmetered } = completion('some words of an answer');
  let next: unknown = bare;
  const { key, alias } = await tenantWith((body, response) =>
    body['stream']
      ? stream(response, chunk('some words of'), chunk(' an answer', 'stop'), 'data: [DONE]\n\n')
      : void response.end(JSON.stringify(next)),
  );
  const first = await callOf(await post('/v1/chat/completions', key, { model: alias, ...ask }));
  expect(first).toMatchObject({ status: Call_Status.OK, usage: { estimated: false } });
  next = unmetered;
  const second = await callOf(await post('/v1/chat/completions', key, { model: alias, ...ask }));
  expect(second).toMatchObject({ status: Call_Status.OK, usage: { estimated: true } });
  expect(second.usage!.outputTokens).toBeGreaterThan(2n);
  const third = await callOf(await post('/v1/chat/completions', key, { model: alias, stream: true, ...ask }));
  expect(third).toMatchObject({
    status: Call_Status.OK,
    usage: { estimated: true, outputTokens: second.usage!.outputTokens },
  });
});

test('an error event of the upstream is passed on and the call is an error', async () => {
  const failure = { error: { message: 'out of memory', type: 'server_error', param: null, code: 'oom' } };
  const { key, alias } = await tenantWith((_body, response) =>
    stream(response, chunk('some'), failure, 'data: [DONE]\n\n'),
  );
  const response = await post('/v1/chat/completions', key, { model: alias, stream: true, ...ask });
  expect(await response.text()).toBe(`${sse(chunk('some'))}${sse(failure)}data: [DONE]\n\n`);
  expect(await callOf(response)).toMatchObject({
    status: Call_Status.ERROR,
    errorCode: 'oom',
    errorMessage: 'out of memory',
    usage: { estimated: true },
  });
});

test('a stream that ends after its finish reason without an end mark is complete', async () => {
  const { key, alias } = await tenantWith((_body, response) =>
    stream(response, chunk('all', 'stop'), { ...chunk(''), choices: [], usage }),
  );
  const response = await post('/v1/chat/completions', key, { model: alias, stream: true, ...ask });
  expect(await response.text()).toBe(`${sse(chunk('all', 'stop'))}data: [DONE]\n\n`);
  expect(await callOf(response)).toMatchObject({ status: Call_Status.OK, usage: { outputTokens: 3n } });
});

test('an event larger than the limit ends the stream as a fault of the upstream', async () => {
  const { key, alias } = await tenantWith((_body, response) =>
    stream(response, chunk('a'), chunk('x'.repeat(5 << 20))),
  );
  const response = await post('/v1/chat/completions', key, { model: alias, stream: true, ...ask });
  expect(await response.text()).toContain('gateway.upstream_broke');
  expect(await callOf(response)).toMatchObject({ status: Call_Status.ERROR, errorCode: 'gateway.upstream_broke' });
});

test('a redirect of the upstream is not followed, nor given to the caller', async () => {
  const { key, alias } = await tenantWith(
    (_body, response) => void response.writeHead(302, { location: 'http://169.254.169.254/' }).end(),
  );
  const response = await post('/v1/chat/completions', key, { model: alias, ...ask }, { redirect: 'manual' });
  expect(response.status).toBe(503);
  expect(await response.json()).toMatchObject({ error: { code: 'gateway.upstream_broke' } });
});

test('the connection to an upstream is used again after a stream, also when its end comes late', async () => {
  const sockets = new Set<unknown>();
  const { key, alias } = await tenantWith(async (_body, response) => {
    sockets.add(response.socket);
    response.setHeader('content-type', 'text/event-stream');
    response.write(`${sse(chunk('a', 'stop'))}data: [DONE]\n\n`);
    await sleep(20);
    response.end();
  });
  for (let i = 0; i < 3; i += 1) {
    const response = await post('/v1/chat/completions', key, { model: alias, stream: true, ...ask });
    await response.text();
    expect((await callOf(response)).phases.map(({ name }) => name)).toEqual(['upstream']);
    await sleep(40);
  }
  expect(sockets.size).toBe(1);
});

/** Sends a raw request and reads nothing. */
async function rawPost(key: string, body: unknown): Promise<Socket> {
  const socket = connect(Number(new URL(gateway.base).port), '127.0.0.1');
  await once(socket, 'connect');
  socket.pause();
  socket.write(rawRequest(key, body));
  return socket;
}

function rawRequest(key: string, body: unknown): string {
  const text = JSON.stringify(body);
  return `POST /v1/chat/completions HTTP/1.1\r\nhost: x\r\nauthorization: Bearer ${key}\r\ncontent-type: application/json\r\ncontent-length: ${Buffer.byteLength(text)}\r\n\r\n${text}`;
}

test('a client that stops reading and then leaves frees the upstream and leaves one row', async () => {
  const frames = sse(chunk('x'.repeat(500))).repeat(100);
  const { key, alias, provider, project } = await tenantWith(async (_body, response) => {
    response.setHeader('content-type', 'text/event-stream');
    while (!response.destroyed)
      if (!response.write(frames)) await Promise.race([once(response, 'drain'), once(response, 'close')]);
  });
  const socket = await rawPost(key, { model: alias, stream: true, ...ask });
  await until(() => provider.requests.length === 1);
  await sleep(500);
  socket.destroy();
  await until(() => provider.aborted === 1);
  const call = await until(() => gateway.calls.find((one) => one.project === project));
  expect(call).toMatchObject({ status: Call_Status.CANCELLED, httpStatus: 499, usage: { estimated: true } });
});

test('a pipelined request whose client leaves before its turn frees its upstream', async () => {
  const { key, alias, provider } = await tenantWith(async (_body, response) => {
    response.setHeader('content-type', 'text/event-stream');
    while (!response.destroyed) {
      response.write(sse(chunk('x')));
      await sleep(20);
    }
  });
  const socket = await rawPost(key, { model: alias, stream: true, ...ask });
  socket.write(rawRequest(key, { model: alias, stream: true, ...ask }));
  await until(() => provider.requests.length === 2);
  socket.destroy();
  await until(() => provider.aborted === 2, 5_000);
});

test('a compressed body is refused with what to send instead', async () => {
  const { key } = await gateway.tenant();
  const response = await fetch(`${gateway.base}/v1/chat/completions`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json', 'content-encoding': 'gzip' },
    body: Buffer.from([0x1f, 0x8b, 8, 0]),
  });
  expect(response.status).toBe(415);
  expect(await response.json()).toMatchObject({ error: { message: expect.stringContaining('content-encoding') } });
});

test('a stream that the caller may not watch is refused before it begins', async () => {
  const { project, key } = await gateway.tenant(Role.INFERENCE);
  const headers = { authorization: `Bearer ${key}` };
  const response = await fetch(`${gateway.base}/api/v1/projects/${project}/traces:watch`, { headers });
  expect(response.status).toBe(403);
  expect(await response.json()).toMatchObject({ code: 'platform.permission_denied' });
});

test('what REST refuses before a handler is a problem of its own type', async () => {
  const response = await fetch(`${gateway.base}/api/v1/sessions`, { method: 'POST', body: 'x' });
  expect(response.status).toBe(415);
  expect(await response.json()).toEqual({
    type: 'urn:llmops:error:gateway.media_type',
    title: 'media type',
    status: 415,
    detail: 'content-type: only application/json is taken here.',
    code: 'gateway.media_type',
    requestId: expect.stringMatching(/^req_/),
  });
});

test.each([
  ['POST /v1/chat/completions', 401],
  ['POST /api/v1/projects/prj_1/sources', 401],
  ['PUT /api/v1/projects/prj_1/uploads/upl_1/parts/0', 401],
  ['POST /api/v1/nothing', 404],
])('a body is taken only from callers that are known: %s', async (to, status) => {
  const socket = connect(Number(new URL(gateway.base).port), '127.0.0.1');
  socket.write(
    `${to} HTTP/1.1\r\nhost: x\r\nauthorization: Bearer nobody\r\ncontent-type: application/json\r\ncontent-length: 500000\r\n\r\n{`,
  );
  const [answer] = (await once(socket, 'data')) as [Buffer];
  expect(answer.toString()).toMatch(new RegExp(`^HTTP/1.1 ${status}`));
  socket.destroy();
});

test('a client that never reads its answer is cut off, and what it was sent leaves memory', async () => {
  const impatient = await startHarness({ GATEWAY_TIMEOUT_MS: 3_000, GATEWAY_RECORD_TIMEOUT_MS: 500 });
  const provider = await startFakeProvider(
    (_body, response) => void response.end(JSON.stringify(completion('x'.repeat(16 << 20)))),
  );
  providers.push(provider);
  const { project, key } = await impatient.tenant();
  const alias = await impatient.provide(project, provider.baseUrl);
  const headers = { authorization: `Bearer ${key}` };
  await until(async () => (await fetch(`${impatient.base}/v1/models/${alias}`, { headers })).ok);
  const socket = connect(Number(new URL(impatient.base).port), '127.0.0.1');
  socket.pause();
  socket.write(rawRequest(key, { model: alias, ...ask }));
  const call = await until(() => impatient.calls[0]);
  expect(call.status).toBe(Call_Status.OK);
  await sleep(9_000);
  let bytes = 0;
  socket.on('data', (piece: Buffer) => {
    bytes += piece.length;
  });
  socket.on('error', () => {});
  socket.resume();
  await once(socket, 'close');
  expect(bytes).toBeLessThan(16 << 20);
  await impatient.stop();
});

test('while NATS is away calls wait, then fail in time, and what comes after it is back is recorded once', async () => {
  const waiting = await startHarness({ GATEWAY_RECORD_TIMEOUT_MS: 1_500 });
  const provider = await startFakeProvider((_body, response) => void response.end(JSON.stringify(completion('x'))));
  providers.push(provider);
  const { project, key } = await waiting.tenant();
  const alias = await waiting.provide(project, provider.baseUrl);
  const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' };
  await until(async () => (await fetch(`${waiting.base}/v1/models/${alias}`, { headers })).ok);
  const call = () =>
    fetch(`${waiting.base}/v1/chat/completions`, {
      method: 'POST',
      headers,
      body: JSON.stringify({ model: alias, ...ask }),
    });
  process.kill(waiting.natsServer.pid, 'SIGSTOP');
  const started = Date.now();
  const failed = await Promise.all(Array.from({ length: 30 }, call));
  expect(new Set(failed.map(({ status }) => status))).toEqual(new Set([503]));
  expect(await failed[0]!.json()).toMatchObject({ error: { code: 'platform.not_recorded' } });
  // Twice as long, were the failure recorded before it is told.
  expect(Date.now() - started).toBeLessThan(2_900);
  process.kill(waiting.natsServer.pid, 'SIGCONT');
  const response = await until(async () => {
    const again = await call();
    return again.status === 200 ? again : undefined;
  });
  const id = response.headers.get('x-llmops-call-id');
  await waiting.call(id);
  // Those that failed may come twice, under one id, of which consumers take one.
  expect(waiting.calls.filter((one) => one.id === id)).toHaveLength(1);
  await waiting.stop();
}, 60_000);
