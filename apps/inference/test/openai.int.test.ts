import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { create } from '@bufbuild/protobuf';
import { CompleteRequestSchema, Finish_Reason, ResponseFormat_Type } from '@llmops/contracts/inference/v1/inference';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { OpenAiEngine } from '../src/engine/openai-engine.ts';
import { answerOf, ask, chatRequest, user } from './support/engines.ts';
import { hasLlamaServer, type LlamaServer, startLlamaServer } from './support/llama-server.ts';
import { modelFile } from './support/models.ts';

const path = modelFile('smollm2-135m-instruct/model.gguf');
const greedy = { temperature: 0, maxTokens: 16 };

describe.skipIf(!path || !hasLlamaServer())('a real llama-server', () => {
  let server: LlamaServer;
  let engine: OpenAiEngine;
  beforeAll(async () => {
    server = await startLlamaServer(path!);
    engine = new OpenAiEngine({ model: 'remote', baseUrl: server.baseUrl, upstreamModel: 'whatever' });
  });
  afterAll(async () => {
    await engine?.close();
    await server?.stop();
  });

  test('an answer streams, with the figures of the upstream', async () => {
    const { text, chunks, finish } = await ask(engine, { messages: [user('What is gravity?')], sampling: greedy });
    expect(text).toContain('Gravity');
    expect(chunks.length).toBeGreaterThan(5);
    expect(finish).toMatchObject({ reason: Finish_Reason.LENGTH, outputTokens: 16, replica: 'remote-0' });
    expect(finish.inputTokens).toBeGreaterThan(20);
  });

  test('a JSON schema and log-probabilities are passed on', async () => {
    const schemaJson = JSON.stringify({
      type: 'object',
      properties: { ok: { type: 'boolean' } },
      required: ['ok'],
      additionalProperties: false,
    });
    const { text, chunks } = await ask(engine, {
      messages: [user('Is it so?')],
      sampling: { temperature: 0, maxTokens: 80, logprobs: true, topLogprobs: 2 },
      responseFormat: { type: ResponseFormat_Type.JSON_SCHEMA, schemaName: 'a', schemaJson },
    });
    expect(typeof JSON.parse(text).ok).toBe('boolean');
    const logprobs = chunks.flatMap((chunk) => chunk.logprobs ?? []);
    expect(logprobs[0]!.top).toHaveLength(2);
  });

  test('a completion continues raw text', async () => {
    const request = create(CompleteRequestSchema, {
      model: 'remote',
      prompt: 'The capital of France is',
      sampling: greedy,
    });
    expect((await answerOf(engine.complete(request, { group: 'p' }))).text).toMatch(/^ Paris/);
  });

  test('a prompt that is too long is the caller’s error', async () => {
    await expect(ask(engine, { messages: [user('word '.repeat(5000))] })).rejects.toMatchObject({
      code: 'inference.upstream_rejected',
      category: 'invalid',
    });
  });

  test('an abort ends the stream at once and the upstream is free for the next', async () => {
    const abort = new AbortController();
    const running = ask(
      engine,
      { messages: [user('Write a long story.')], sampling: { maxTokens: 900 } },
      { signal: abort.signal },
    );
    setTimeout(() => abort.abort(new Error('client gone')), 300);
    await expect(running).rejects.toThrow('client gone');
    expect(engine.describe().busySlots).toBe(0);
    await ask(engine, { messages: [user('Hi')], sampling: { maxTokens: 2 } });
  });
});

describe('failures of an upstream', () => {
  let server: Server;
  let engine: OpenAiEngine;
  let respond: (url: string) => [status: number, headers: Record<string, string>, body: string];
  let cancelled = 0;
  beforeAll(async () => {
    server = createServer((request, response) => {
      request.resume();
      const [status, headers, body] = respond(request.url ?? '');
      response.on('close', () => {
        if (!response.writableFinished) cancelled++;
      });
      response.writeHead(status, headers).write(body);
      if (!body.includes('hold open')) response.end();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    engine = new OpenAiEngine({
      model: 'remote',
      baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    });
  });
  afterAll(async () => {
    await engine.close();
    server.close();
  });
  const hi = () => ask(engine, { messages: [user('Hi')] });
  const frame = (content: string) =>
    `data: ${JSON.stringify({ choices: [{ index: 0, delta: { content }, finish_reason: null }] })}\n\n`;

  test('429 and 503 keep the time after which to try again', async () => {
    respond = () => [429, { 'retry-after': '7' }, '{"error":{"message":"slow down"}}'];
    await expect(hi()).rejects.toMatchObject({
      code: 'inference.upstream_busy',
      category: 'exhausted',
      retryAfterMs: 7000,
    });
    respond = () => [503, { 'retry-after': '3' }, 'loading'];
    await expect(hi()).rejects.toMatchObject({
      code: 'inference.upstream_failed',
      category: 'unavailable',
      retryAfterMs: 3000,
    });
  });

  test('a refused credential of ours is not the caller’s fault', async () => {
    respond = () => [401, {}, '{"error":{"message":"bad key sk-123"}}'];
    const error = await hi().catch((e) => e);
    expect(error).toMatchObject({ code: 'inference.upstream_unauthorized', category: 'internal' });
    expect(error.message).not.toContain('sk-123');
  });

  test('an error in the middle, a stream without an end and one that is no JSON are errors, not short answers', async () => {
    const headers = { 'content-type': 'text/event-stream' };
    respond = () => [200, headers, `${frame('Hel')}data: {"error":{"message":"out of memory","code":500}}\n\n`];
    await expect(hi()).rejects.toMatchObject({ code: 'inference.upstream_failed' });
    respond = () => [200, headers, frame('Hel')];
    await expect(hi()).rejects.toMatchObject({ code: 'inference.upstream_failed' });
    respond = () => [200, headers, 'data: <html>\n\n'];
    await expect(hi()).rejects.toMatchObject({ code: 'inference.upstream_failed' });
  });

  test('tool calls whose pieces come without an index stay apart', async () => {
    const call = (id: string, name: string, args: string) => ({ id, function: { name, arguments: args } });
    const deltas = [call('a', 'f', '{"x":'), call('a', '', '1}'), call('b', 'g', '{}')];
    const body = deltas
      .map((delta) => `data: ${JSON.stringify({ choices: [{ delta: { tool_calls: [delta] } }] })}\n\n`)
      .join('');
    respond = () => [
      200,
      {},
      `${body}data: {"choices":[{"delta":{},"finish_reason":"tool_calls"}]}\n\ndata: [DONE]\n\n`,
    ];
    const { calls, finish } = await hi();
    expect(calls.map(({ id, name, arguments: args }) => [id, name, args])).toEqual([
      ['a', 'f', '{"x":1}'],
      ['b', 'g', '{}'],
    ]);
    expect(finish.reason).toBe(Finish_Reason.TOOL_CALLS);
  });

  test('an upstream that is not there is unavailable', async () => {
    const nowhere = new OpenAiEngine({ model: 'remote', baseUrl: 'http://127.0.0.1:9/v1' });
    await expect(ask(nowhere, { messages: [user('Hi')] })).rejects.toMatchObject({
      code: 'inference.upstream_unreachable',
      category: 'unavailable',
    });
    await nowhere.close();
  });

  test('leaving the stream cancels the upstream’s request', async () => {
    respond = () => [200, {}, `${frame('one')}: hold open\n\n`];
    const before = cancelled;
    for await (const chunk of engine.chat(chatRequest({ messages: [user('Hi')] }), { group: 'p' }))
      if (chunk.content) break;
    while (cancelled === before) await new Promise((resolve) => setTimeout(resolve, 10));
    expect(cancelled).toBe(before + 1);
  });
});
