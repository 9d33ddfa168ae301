import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, test } from 'vitest';
import { createUpstream, type Upstream, type UpstreamOptions } from './openai-client.ts';
import { SseDecoder } from './sse-decoder.ts';
import { encodeSseData, SSE_DONE } from './sse-encoder.ts';
import type { UpstreamError } from './upstream-error.ts';

let server: Server | undefined;
let upstream: Upstream | undefined;

afterEach(async () => {
  await upstream?.destroy();
  server?.closeAllConnections();
  server?.close();
});

async function start(
  handle: (request: IncomingMessage, response: ServerResponse) => void,
  options: Partial<UpstreamOptions> = {},
): Promise<Upstream> {
  server = createServer(handle).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  upstream = createUpstream({ baseUrl: `http://127.0.0.1:${port}/v1/`, apiKey: 'sk-secret-value', ...options });
  return upstream;
}

async function failure(promise: Promise<unknown>): Promise<UpstreamError> {
  return promise.then(
    () => {
      throw new Error('expected a rejection');
    },
    (error: UpstreamError) => error,
  );
}

describe('createUpstream', () => {
  test('posts below the base URL with the key, and gives status, headers and JSON', async () => {
    const seen: unknown[] = [];
    const client = await start(async (request, response) => {
      const body = Buffer.concat(await request.toArray()).toString();
      seen.push([request.method, request.url, request.headers.authorization, request.headers['x-extra'], body]);
      response.setHeader('x-request-id', 'r1').end('{"ok":true}');
    });
    const response = await client.post('/chat/completions', '{"model":"m"}', { headers: { 'x-extra': '1' } });
    expect(response.status).toBe(200);
    expect(response.headers['x-request-id']).toBe('r1');
    expect(await response.body.json()).toEqual({ ok: true });
    await (await client.get('/models')).body.bytes();
    expect(seen).toEqual([
      ['POST', '/v1/chat/completions', 'Bearer sk-secret-value', '1', '{"model":"m"}'],
      ['GET', '/v1/models', 'Bearer sk-secret-value', undefined, ''],
    ]);
  });

  test('connections are kept and used again', async () => {
    let connections = 0;
    const client = await start((_request, response) => response.end('{}'));
    server?.on('connection', () => connections++);
    for (let i = 0; i < 20; i++) await (await client.post('/x', '{}')).body.bytes();
    // undici rests a connection for one turn of the event loop, so two may take turns.
    expect(connections).toBeLessThanOrEqual(2);
  });

  test('streams chunks as they come, before the answer is complete', async () => {
    let release = () => {};
    const client = await start(async (_request, response) => {
      response.write(encodeSseData('1'));
      await new Promise<void>((resolve) => {
        release = resolve;
      });
      response.end(encodeSseData('2') + SSE_DONE);
    });
    const { body } = await client.post('/chat/completions', '{}');
    const decoder = new SseDecoder();
    const datas: (string | undefined)[] = [];
    for await (const chunk of body) {
      datas.push(...decoder.push(chunk).map((frame) => frame.data));
      if (datas.length === 1) release();
    }
    expect(datas).toEqual(['1', '2', '[DONE]']);
  });

  test('an abort in the middle of a stream closes the upstream connection and fails the reader', async () => {
    const client = await start((_request, response) => void response.write('data: 1\n\n'));
    const closed = new Promise((resolve) => server?.on('request', (request) => request.socket.on('close', resolve)));
    const controller = new AbortController();
    const { body } = await client.post('/chat/completions', '{}', { signal: controller.signal });
    await body.next();
    const rest = failure(body.next());
    controller.abort();
    expect((await rest).kind).toBe('aborted');
    await closed;
  });

  test('leaving the loop closes the upstream connection', async () => {
    const client = await start((_request, response) => void response.write('data: 1\n\n'));
    const closed = new Promise((resolve) => server?.on('request', (request) => request.socket.on('close', resolve)));
    for await (const _chunk of (await client.post('/x', '{}')).body) break;
    await closed;
  });

  test('an abort before the headers, before a connection is free, or before the call rejects as aborted', async () => {
    let requests = 0;
    const client = await start(() => requests++, { maxConnections: 1 });
    const first = new AbortController();
    const second = new AbortController();
    const waiting = failure(client.post('/x', '{}', { signal: first.signal }));
    const queued = failure(client.post('/x', '{}', { signal: second.signal }));
    while (requests === 0) await sleep(5);
    second.abort();
    expect((await queued).kind).toBe('aborted');
    first.abort();
    expect((await waiting).kind).toBe('aborted');
    expect((await failure(client.post('/x', '{}', { signal: AbortSignal.abort() }))).kind).toBe('aborted');
    await sleep(50);
    expect(requests).toBe(1);
  });

  test('a status that is not 2xx carries the error in OpenAI form and the wait asked for', async () => {
    const client = await start((_request, response) => {
      response.writeHead(429, { 'retry-after': '2', 'content-type': 'application/json' });
      response.end('{"error":{"message":"Slow down","type":"requests","param":null,"code":"rate_limit_exceeded"}}');
    });
    const error = await failure(client.post('/x', '{}'));
    expect(error).toMatchObject({
      kind: 'status',
      status: 429,
      retryAfterMs: 2000,
      body: { error: { message: 'Slow down', type: 'requests', param: null, code: 'rate_limit_exceeded' } },
    });
    expect(error.message).not.toContain('sk-secret');
  });

  test('a server that quotes our key does not spread it', async () => {
    const client = await start((request, response) => {
      response.writeHead(401).end(JSON.stringify({ error: { message: `bad key: ${request.headers.authorization}` } }));
    });
    const error = await failure(client.get('/models'));
    expect(error.message + JSON.stringify(error.body)).not.toContain('sk-secret-value');
    expect(error.body?.error.message).toBe('bad key: Bearer [redacted]');
  });

  test('an error page that is not JSON keeps its status', async () => {
    const client = await start((_request, response) => void response.writeHead(502).end('<h1>Bad gateway</h1>'));
    const error = await failure(client.post('/x', '{}'));
    expect(error).toMatchObject({ kind: 'status', status: 502, body: { error: { type: 'server_error' } } });
  });

  test('a name that leads to an address that is not allowed is not connected to', async () => {
    const asked: string[] = [];
    let requests = 0;
    await start((_request, response) => {
      requests += 1;
      response.end('{}');
    });
    const { port } = server!.address() as AddressInfo;
    const client = createUpstream({
      baseUrl: `http://localhost:${port}/v1`,
      allowsAddress: (address) => {
        asked.push(address);
        return false;
      },
    });
    const error = await failure(client.post('/x', '{}'));
    await client.destroy();
    expect(error).toMatchObject({ kind: 'connect', message: expect.stringContaining('ADDRESS_NOT_ALLOWED') });
    expect(asked).toContain('127.0.0.1');
    expect(requests).toBe(0);
  });

  test('nobody listening is a connect error', async () => {
    const client = createUpstream({ baseUrl: 'http://127.0.0.1:1/v1' });
    expect((await failure(client.post('/x', '{}'))).kind).toBe('connect');
    await client.destroy();
  });

  test('a connection that breaks before or within the answer is a protocol error; bytes before it are still read', async () => {
    let requests = 0;
    const client = await start((request, response) => {
      if (++requests === 1) request.socket.destroy();
      else {
        response.write('half');
        setTimeout(() => request.socket.destroy(), 20);
      }
    });
    expect((await failure(client.post('/x', '{}'))).kind).toBe('protocol');
    const { body } = await client.post('/x', '{}');
    expect(String((await body.next()).value)).toBe('half');
    expect((await failure(body.next())).kind).toBe('protocol');
  });

  test('silence is a timeout, before the headers and within the body', async () => {
    let requests = 0;
    const client = await start((_request, response) => void (++requests === 2 && response.write('x')), {
      headersTimeoutMs: 100,
      bodyTimeoutMs: 100,
    });
    expect((await failure(client.post('/x', '{}'))).kind).toBe('timeout');
    const { body } = await client.post('/x', '{}');
    expect((await failure(body.bytes())).kind).toBe('timeout');
  });

  test('a reader that is slow stops the upstream instead of filling memory', async () => {
    let sent = 0;
    const client = await start((_request, response) => {
      const chunk = Buffer.alloc(64 * 1024);
      const more = (): void => {
        while (sent < 64 * 1024 * 1024) {
          sent += chunk.length;
          if (!response.write(chunk)) return void response.once('drain', more);
        }
        response.end();
      };
      more();
    });
    const { body } = await client.post('/x', '{}');
    await sleep(300);
    expect(sent).toBeLessThan(32 * 1024 * 1024);
    expect((await body.bytes(128 * 1024 * 1024)).length).toBe(64 * 1024 * 1024);
  });

  test('an answer above the limit is cut off', async () => {
    const client = await start((_request, response) => void response.end(Buffer.alloc(1024 * 1024)));
    expect((await failure((await client.post('/x', '{}')).body.bytes(1000))).kind).toBe('protocol');
  });

  test('a header that cannot be sent rejects, it does not throw past the promise', async () => {
    const client = await start((_request, response) => response.end('{}'));
    await failure(client.post('/x', '{}', { headers: { 'x-bad': 'a\nb' } }));
    expect((await client.post('/x', '{}')).status).toBe(200);
  });
});
