import { create } from '@bufbuild/protobuf';
import { SourceService } from '@llmops/contracts/data/v1/source';
import { HttpBodySchema } from '@llmops/contracts/http-body';
import { AppError } from '@llmops/platform/errors';
import Fastify, { type FastifyInstance } from 'fastify';
import { afterEach, expect, test } from 'vitest';
import { sendFile } from './send-file.ts';

let app: FastifyInstance | undefined;
afterEach(() => app?.close());

async function fetchFile(messages: () => AsyncGenerator<{ contentType?: string; data?: Uint8Array }>) {
  app = Fastify();
  app.get('/file', (_request, reply) => {
    const controller = new AbortController();
    reply.raw.once('close', () => controller.abort());
    const chunks = (async function* () {
      for await (const message of messages()) yield create(HttpBodySchema, message);
    })();
    return sendFile(reply, SourceService.method.readSourceItem, chunks, controller.signal);
  });
  const base = await app.listen({ port: 0, host: '127.0.0.1' });
  return fetch(`${base}/file`, { signal: AbortSignal.timeout(5_000) });
}

test('a file comes whole, in the type that its first chunk names, and never as a page of ours', async () => {
  const chunk = new Uint8Array(300_000).fill(7);
  const response = await fetchFile(async function* () {
    yield { contentType: 'text/html' };
    for (let n = 0; n < 10; n += 1) yield { data: chunk };
  });
  expect(response.headers.get('content-type')).toBe('text/html');
  expect(response.headers.get('content-security-policy')).toContain('sandbox');
  expect((await response.arrayBuffer()).byteLength).toBe(3_000_000);
});

test.each(['text/плохой', 'text/html\r\nset-cookie: a=b'])(
  'a type that no header can hold is bytes: %j',
  async (contentType) => {
    const response = await fetchFile(async function* () {
      yield { contentType, data: new Uint8Array([1]) };
    });
    expect(response.headers.get('content-type')).toBe('application/octet-stream');
    expect(response.headers.get('set-cookie')).toBeNull();
    expect((await response.arrayBuffer()).byteLength).toBe(1);
  },
);

test('a failure before the first chunk is an answer, one after it breaks off', async () => {
  const failure = new AppError({ code: 'x.gone', category: 'not_found', message: 'gone' });
  // biome-ignore lint/correctness/useYield: it fails before its first
  const early = await fetchFile(async function* () {
    throw failure;
  });
  expect(early.status).toBe(500);
  await app?.close();
  const late = async () => {
    const response = await fetchFile(async function* () {
      yield { data: new Uint8Array(10) };
      throw failure;
    });
    return response.arrayBuffer();
  };
  await expect(late()).rejects.toThrow();
});
