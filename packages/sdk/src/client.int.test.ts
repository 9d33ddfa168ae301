import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import { Role } from '@llmops/contracts/options/v1/options';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ApiError } from './api-error.ts';
import { createLlmops, type Llmops } from './llmops.ts';

let handle: (request: IncomingMessage, response: ServerResponse) => void;
const server = createServer((request, response) => handle(request, response));
let llmops: Llmops;
let anonymous: Llmops;

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  llmops = createLlmops({ baseUrl, apiKey: 'llmk_x' });
  anonymous = createLlmops({ baseUrl });
});
afterAll(() => server.close());

test('a POST carries proto JSON and the key, and reads an answer with fields it does not know', async () => {
  let seen: unknown;
  let headers: IncomingMessage['headers'] = {};
  handle = async (request, response) => {
    seen = await json(request);
    headers = request.headers;
    response.setHeader('content-type', 'application/json');
    response.end('{"apiKey":{"id":"key_1","role":"ROLE_VIEWER","new":1},"secret":"llmk_s"}');
  };
  const answer = await llmops.apiKeys.createApiKey({ project: 'prj_1', displayName: 'ci', role: Role.VIEWER });
  expect(seen).toEqual({ displayName: 'ci', role: 'ROLE_VIEWER' });
  expect(headers.authorization).toBe('Bearer llmk_x');
  expect(answer.apiKey?.role).toBe(Role.VIEWER);
  expect(answer.secret).toBe('llmk_s');
});

test('without a key the header that guards the cookie is sent', async () => {
  let headers: IncomingMessage['headers'] = {};
  handle = (request, response) => {
    headers = request.headers;
    response.end('{}');
  };
  await anonymous.sessions.deleteSession({});
  expect(headers['x-llmops-csrf']).toBe('1');
  expect(headers.authorization).toBeUndefined();
});

test('a problem document becomes an ApiError with its fields', async () => {
  const problem = {
    status: 400,
    code: 'governance.invalid_argument',
    title: 'Invalid argument',
    detail: 'displayName is too long',
    fields: [{ field: 'displayName', message: 'at most 100 characters' }],
    requestId: 'req_1',
  };
  handle = (_, response) => {
    response.writeHead(400, { 'content-type': 'application/problem+json' }).end(JSON.stringify(problem));
  };
  const error = await llmops.projects.createProject({ displayName: 'x' }).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(ApiError);
  expect(error).toMatchObject({ ...problem, message: 'displayName is too long' });
});

test('a page that no llmops process wrote is still an ApiError', async () => {
  handle = (_, response) => {
    response.writeHead(502, { 'x-request-id': 'req_2' }).end('<html>Bad gateway</html>');
  };
  await expect(llmops.users.getCurrentUser({})).rejects.toMatchObject({
    status: 502,
    code: 'http.502',
    title: 'Bad Gateway',
    requestId: 'req_2',
  });
});

test('no server is an ApiError with status 0', async () => {
  const nowhere = createLlmops({ baseUrl: 'http://127.0.0.1:1' });
  await expect(nowhere.users.getCurrentUser({})).rejects.toMatchObject({ status: 0, code: 'sdk.unreachable' });
});

test('a server stream is an async iterable, and leaving it closes the connection', async () => {
  const closed = new Promise<void>((resolve) => {
    handle = (_, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.write(': open\n\ndata: {"traceId":"a","usage":{"inputTokens":"5"}}\n\ndata: {"traceId":"b"}\n\n');
      response.on('close', () => resolve());
    };
  });
  const seen: string[] = [];
  for await (const trace of llmops.traces.watchTraces({ project: 'prj_1' })) {
    if (trace.usage) expect(trace.usage.inputTokens).toBe(5n);
    seen.push(trace.traceId);
    if (seen.length === 2) break;
  }
  expect(seen).toEqual(['a', 'b']);
  await closed;
});

test('an error frame ends the stream with an ApiError', async () => {
  handle = (_, response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    response.end('event: error\ndata: {"status":503,"code":"observability.unavailable","title":"Unavailable"}\n\n');
  };
  const iterate = async () => {
    for await (const _ of llmops.traces.watchTraces({ project: 'prj_1' }));
  };
  await expect(iterate()).rejects.toMatchObject({ status: 503, code: 'observability.unavailable' });
});

test('aborting the signal rejects with its reason', async () => {
  handle = () => undefined;
  const signal = AbortSignal.timeout(50);
  await expect(llmops.users.getCurrentUser({}, { signal })).rejects.toMatchObject({ name: 'TimeoutError' });
});
