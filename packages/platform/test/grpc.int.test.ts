import { generateKeyPairSync } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  type ChatRequest,
  type CountTokensRequest,
  type EmbedRequest,
  InferenceService,
} from '@llmops/contracts/inference/v1/inference';
import { Role } from '@llmops/contracts/options/v1/options';
import { freePort } from '@llmops/embedded';
import { Module } from '@nestjs/common';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type RequestContext, systemContext } from '../src/context/index.ts';
import { AppError } from '../src/errors/index.ts';
import { createClient, GrpcService, type Handlers } from '../src/grpc/index.ts';
import { createLogger, createTokenMinter, type RunningService, startService } from '../src/index.ts';

const pair = generateKeyPairSync('ed25519', {
  publicKeyEncoding: { format: 'der', type: 'spki' },
  privateKeyEncoding: { format: 'der', type: 'pkcs8' },
});
const mint = createTokenMinter(pair.privateKey.toString('base64'));
const seen: RequestContext[] = [];
let produced = 0;
let next: ReturnType<typeof clientOf> | undefined;

const clientOf = (service: RunningService, peer = 'inference') =>
  createClient(InferenceService, { address: `127.0.0.1:${service.grpcPort}`, peer });

/** Each service of the chain calls the next; the last one fails, waits, or streams, as the request says. */
@GrpcService(InferenceService)
class ChainGrpc implements Handlers<typeof InferenceService> {
  async *chat(request: ChatRequest, ctx: RequestContext) {
    seen.push(ctx);
    for (let i = 0; i < Number(request.messages[0]!.content); i += 1) {
      if (ctx.signal.aborted) return;
      produced += 1;
      yield { content: `${i} `.padEnd(2_000, '.') };
    }
  }

  async *complete() {
    yield {};
  }

  async embed(request: EmbedRequest, ctx: RequestContext) {
    seen.push(ctx);
    if (request.model === 'hop' && next) return next.embed(ctx, { model: 'end', inputs: request.inputs });
    throw new AppError({
      code: 'inference.queue_full',
      category: 'exhausted',
      message: 'The queue is full.',
      fields: [{ field: 'model', message: 'busy' }],
      param: 'model',
      retryAfterMs: 1_500,
    });
  }

  async countTokens(request: CountTokensRequest, ctx: RequestContext) {
    seen.push(ctx);
    if (request.model === 'crash') throw new Error('password=hunter2');
    while (!ctx.signal.aborted) await sleep(5);
    return { tokens: 0 };
  }

  async tokenize() {
    return {};
  }

  async getEmbedder() {
    return {};
  }

  async rerank() {
    return {};
  }
}

@Module({ controllers: [ChainGrpc] })
class ChainModule {}

const start = () =>
  startService({
    config: {
      GRPC_LISTEN: '127.0.0.1:0',
      HTTP_LISTEN: '127.0.0.1:0',
      NATS_URL: '',
      INTERNAL_TOKEN_PUBLIC_KEY: pair.publicKey.toString('base64'),
      LOG_LEVEL: 'silent',
    },
    log: createLogger('test', 'silent'),
    module: ChainModule,
    services: [InferenceService],
    checks: () => ({}),
    close: async () => {},
  });

const principal = {
  actor: 'key_1',
  organizationId: 'org_1',
  organizationRole: Role.VIEWER,
  projectId: 'prj_1',
  projectRole: Role.INFERENCE,
};
const contextWith = async (part: Partial<RequestContext> = {}) =>
  systemContext({ ...principal, token: await mint(principal), ...part });
const text = (value: string) => ({ input: { case: 'text' as const, value } });

let first: RunningService;
let last: RunningService;

beforeAll(async () => {
  last = await start();
  next = clientOf(last, 'the last hop');
  first = await start();
});
afterAll(async () => {
  next?.close();
  await first?.stop();
  await last?.stop();
});

test('a typed error, the identity, the trace and the deadline survive three hops', async () => {
  seen.length = 0;
  const deadlineMs = Date.now() + 20_000;
  const ctx = await contextWith({ deadlineMs, requestId: 'req_golden' });
  const call = clientOf(first).embed(ctx, { model: 'hop', inputs: [text('x')] });
  await expect(call).rejects.toMatchObject({
    code: 'inference.queue_full',
    category: 'exhausted',
    message: 'The queue is full.',
    fields: [{ field: 'model', message: 'busy' }],
    param: 'model',
    retryAfterMs: 1_500,
  });
  expect(seen).toHaveLength(2);
  for (const hop of seen) {
    expect(hop).toMatchObject({ ...principal, requestId: 'req_golden' });
    expect(hop.trace.traceId).toBe(ctx.trace.traceId);
    expect(Math.abs(hop.deadlineMs! - deadlineMs)).toBeLessThan(1_000);
  }
});

test('an unexpected error loses its message on the way out', async () => {
  const call = clientOf(first).countTokens(await contextWith(), { model: 'crash' });
  await expect(call).rejects.toMatchObject({
    code: 'platform.internal',
    message: expect.not.stringContaining('hunter2'),
  });
});

test('a cancelled call aborts the handler', async () => {
  seen.length = 0;
  const controller = new AbortController();
  const call = clientOf(first).countTokens(await contextWith({ signal: controller.signal }), { model: 'wait' });
  while (seen.length === 0) await sleep(5);
  controller.abort();
  await expect(call).rejects.toMatchObject({ code: 'platform.cancelled' });
  await expect.poll(() => seen[0]!.signal.aborted).toBe(true);
});

test('a deadline that passes aborts the handler and tells the caller', async () => {
  seen.length = 0;
  const call = clientOf(first).countTokens(await contextWith({ deadlineMs: Date.now() + 100 }), { model: 'wait' });
  await expect(call).rejects.toMatchObject({ code: 'platform.deadline_exceeded', category: 'unavailable' });
  await expect.poll(() => seen[0]?.signal.aborted).toBe(true);
});

test('a reader that stalls holds the producer back instead of filling memory', async () => {
  produced = 0;
  const controller = new AbortController();
  const ctx = await contextWith({ signal: controller.signal });
  const messages = clientOf(first).chat(ctx, { model: 'm', messages: [{ role: 'user', content: '10000' }] });
  const reader = messages[Symbol.asyncIterator]();
  await reader.next();
  await sleep(500);
  expect(produced).toBeLessThan(2_000);
  let read = 1;
  while (!(await reader.next()).done) read += 1;
  expect(read).toBe(10_000);
});

test('a reader that stops early stops the producer', async () => {
  seen.length = 0;
  const messages = clientOf(first).chat(await contextWith(), {
    model: 'm',
    messages: [{ role: 'user', content: '1000000' }],
  });
  for await (const _ of messages) break;
  await expect.poll(() => seen[0]!.signal.aborted).toBe(true);
});

test('a message that breaks its rules never reaches the handler', async () => {
  seen.length = 0;
  const call = clientOf(first).embed(await contextWith(), { model: '', inputs: [] });
  await expect(call).rejects.toMatchObject({ category: 'invalid', fields: [{ field: 'model' }, { field: 'inputs' }] });
  expect(seen).toEqual([]);
});

test('a role that is too low, and a forged token, are refused', async () => {
  const low = { ...principal, projectRole: Role.UNSPECIFIED };
  const call = clientOf(first).embed(await contextWith({ token: await mint(low) }), {
    model: 'm',
    inputs: [text('x')],
  });
  await expect(call).rejects.toMatchObject({ code: 'platform.permission_denied' });
  const forged = clientOf(first).embed(await contextWith({ token: 'x.y.z' }), { model: 'm', inputs: [text('x')] });
  await expect(forged).rejects.toMatchObject({ code: 'platform.token_invalid' });
});

test('a peer that is away is a typed error', async () => {
  const port = await freePort();
  const client = createClient(InferenceService, { address: `127.0.0.1:${port}`, peer: 'inference' });
  const call = client.embed(await contextWith(), { model: 'm', inputs: [text('x')] });
  await expect(call).rejects.toMatchObject({ code: 'platform.peer_unavailable', category: 'unavailable' });
  client.close();
});

test('a stopping service finishes the calls it has and takes no more', async () => {
  const service = await start();
  const client = clientOf(service);
  const messages = client.chat(await contextWith(), { model: 'm', messages: [{ role: 'user', content: '400' }] });
  const reader = messages[Symbol.asyncIterator]();
  await reader.next();
  const stopped = service.stop();
  let read = 1;
  while (!(await reader.next()).done) read += 1;
  expect(read).toBe(400);
  await stopped;
  await expect(client.embed(await contextWith(), { model: 'm', inputs: [text('x')] })).rejects.toMatchObject({
    category: 'unavailable',
  });
});
