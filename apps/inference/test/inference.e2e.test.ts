import { copyFileSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { DescService } from '@bufbuild/protobuf';
import {
  Finish_Reason,
  InferenceService,
  Replica_State,
  ReplicaService,
} from '@llmops/contracts/inference/v1/inference';
import { connectNats, type Nats, type RunningService } from '@llmops/platform';
import { ensureBucket } from '@llmops/platform/kv';
import { clientOf, newTenant, startTestNats, testCaller, testServiceConfig, testTokens, until } from '@llmops/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createApp } from '../src/app.ts';
import { modelFile } from './support/models.ts';

const gguf = modelFile('smollm2-135m-instruct/model.gguf');
const onnx = modelFile('all-minilm-l6-v2/model.onnx');
const tokenizer = modelFile('all-minilm-l6-v2/tokenizer.json');
const tokens = testTokens();
const crossEncoder = (name: string) =>
  fileURLToPath(new URL(`../fixtures/overlap-cross-encoder/${name}`, import.meta.url));

describe.skipIf(!gguf || !onnx || !tokenizer)('the inference service', () => {
  let natsServer: Awaited<ReturnType<typeof startTestNats>>;
  let nats: Nats;
  let service: RunningService;
  const objects = mkdtempSync(join(tmpdir(), 'inference-'));

  beforeAll(async () => {
    for (const [folder, name, source] of [
      ['llm', 'model.gguf', gguf!],
      ['embed', 'model.onnx', onnx!],
      ['embed', 'tokenizer.json', tokenizer!],
      ['rerank', 'model.onnx', crossEncoder('model.onnx')],
      ['rerank', 'tokenizer.json', crossEncoder('tokenizer.json')],
    ] as const) {
      mkdirSync(join(objects, folder), { recursive: true });
      copyFileSync(source, join(objects, folder, name));
    }
    natsServer = await startTestNats();
    nats = await connectNats(natsServer.url, 'test');
    service = await createApp({
      ...testServiceConfig(natsServer.url, tokens.publicKey),
      LOG_LEVEL: 'error',
      OBJECTS_DIR: objects,
      INFERENCE_SLOTS: 2,
      INFERENCE_THREADS: 1,
      INFERENCE_ENCODER_THREADS: 1,
      INFERENCE_CONTEXT_TOKENS: 1024,
      INFERENCE_BATCH_TOKENS: 256,
      INFERENCE_GPU: 'off',
      INFERENCE_MAX_QUEUED: 64,
      INFERENCE_QUEUE_MS: 60_000,
      INFERENCE_HOLD_LOADING_MS: 30_000,
      INFERENCE_STALL_MS: 30_000,
      INFERENCE_LOAD_MS: 60_000,
      INFERENCE_OPENAI_ENGINES: [],
    });
    const kv = await ensureBucket(nats, 'artifacts');
    const file = (name: string) => ({ name });
    await kv.put(
      'smollm2',
      JSON.stringify({
        model: 'smollm2',
        task: 'TASK_CHAT',
        engine: 'ENGINE_LLAMA_CPP',
        digest: 'd1',
        path: 'llm',
        files: [file('model.gguf')],
        contextTokens: 8192,
      }),
    );
    await kv.put(
      'minilm',
      JSON.stringify({
        model: 'minilm',
        task: 'TASK_EMBEDDING',
        engine: 'ENGINE_ONNX',
        digest: 'd2',
        path: 'embed',
        files: [file('model.onnx'), file('tokenizer.json')],
        embeddingDimensions: 384,
        queryPrefix: 'find: ',
      }),
    );
    await until(async () => (await list()).length === 2);
  });
  afterAll(async () => {
    await service?.stop();
    await nats?.drain();
    await natsServer?.stop();
    rmSync(objects, { recursive: true, force: true });
  });

  const client = <S extends DescService>(contract: S) => clientOf(service, contract);
  const caller = (signal?: AbortSignal) => testCaller(tokens, newTenant(), signal ? { signal } : {});
  const list = async () => (await client(ReplicaService).listReplicas(await caller(), {})).replicas;
  const greedy = { temperature: 0, maxTokens: 12 };

  test('a model whose artifact is announced answers, also while it is still being loaded', async () => {
    const chunks = [];
    const request = { model: 'smollm2', messages: [{ role: 'user', content: 'What is gravity?' }], sampling: greedy };
    for await (const chunk of client(InferenceService).chat(await caller(), request)) chunks.push(chunk);
    expect(chunks.map(({ content }) => content).join('')).toContain('Gravity');
    expect(chunks.at(-1)!.finish).toMatchObject({
      reason: Finish_Reason.LENGTH,
      outputTokens: 12,
      replica: 'smollm2-0',
    });
  });

  test('texts become vectors', async () => {
    const response = await client(InferenceService).embed(await caller(), {
      model: 'minilm',
      inputs: [{ input: { case: 'text', value: 'hello' } }],
    });
    expect([response.dimensions, response.vectors[0]!.byteLength, response.inputTokens]).toEqual([384, 384 * 4, 3]);
  });

  test('texts are cut by their tokens, and the facts of an embedding model are told, by RPC', async () => {
    const texts = ['hello world', 'Übung 東京'];
    const { texts: found, modelDigest } = await client(InferenceService).tokenize(await caller(), {
      model: 'minilm',
      texts,
    });
    expect(found.map(({ ends }) => ends)).toEqual([
      [5, 11],
      [1, 3, 5, 7, 8],
    ]);
    expect(modelDigest).toBe('d2');
    expect(await client(InferenceService).getEmbedder(await caller(), { model: 'minilm' })).toMatchObject({
      model: 'minilm',
      modelDigest: 'd2',
      dimensions: 384,
      maxInputTokens: 256,
      passageOverheadTokens: 2,
      queryOverheadTokens: 4,
    });
    const chat = await client(InferenceService).tokenize(await caller(), {
      model: 'smollm2',
      texts: ['Hello 🙂 world'],
    });
    expect(chat.texts[0]!.ends.at(-1)).toBe(14);
  });

  test('documents are reranked by RPC', async () => {
    const kv = await ensureBucket(nats, 'artifacts');
    const artifact = { task: 'TASK_RERANK', engine: 'ENGINE_ONNX', digest: 'd3', path: 'rerank', contextTokens: 32 };
    const files = [{ name: 'model.onnx' }, { name: 'tokenizer.json' }];
    await kv.put('overlap', JSON.stringify({ model: 'overlap', ...artifact, files }));
    await until(async () => (await list()).some(({ model }) => model === 'overlap'));
    const request = { model: 'overlap', query: 'the cat', documents: ['rates rose', 'cats on the mat'] };
    const { scores, modelDigest } = await client(InferenceService).rerank(await caller(), request);
    expect([scores.map(({ logit }) => logit), modelDigest]).toEqual([[-1.5, 0.5], 'd3']);
    await expect(
      client(InferenceService).rerank(await caller(), { ...request, model: 'smollm2' }),
    ).rejects.toMatchObject({ code: 'inference.task_unsupported', category: 'invalid', param: 'model' });
    await kv.delete('overlap');
    await until(async () => (await list()).length === 2);
  });

  test('replicas tell their state, and /metrics their figures', async () => {
    const replica = await until(async () =>
      (await list()).find(({ model, state }) => model === 'smollm2' && state === Replica_State.READY),
    );
    expect(replica).toMatchObject({ engine: 'llama.cpp', device: 'cpu', slots: 2, modelDigest: 'd1', restarts: 0 });
    expect(replica.memoryBytes).toBeGreaterThan(50_000_000n);
    const text = await (await fetch(`http://127.0.0.1:${service.httpPort}/metrics`)).text();
    expect(text).toMatch(/inference_generated_tokens\{model="smollm2"\} [1-9]/);
    expect((await fetch(`http://127.0.0.1:${service.httpPort}/readyz`)).status).toBe(200);
  });

  test('an unknown model and a prompt that is too long are typed errors', async () => {
    const chat = async (model: string, content: string) => {
      for await (const _ of client(InferenceService).chat(await caller(), {
        model,
        messages: [{ role: 'user', content }],
      }));
    };
    await expect(chat('nope', 'Hi')).rejects.toMatchObject({
      code: 'inference.model_not_found',
      category: 'not_found',
      param: 'model',
    });
    await expect(chat('smollm2', 'word '.repeat(3000))).rejects.toMatchObject({
      code: 'inference.context_length_exceeded',
      category: 'invalid',
    });
  });

  test('a caller that leaves frees the slot', async () => {
    const abort = new AbortController();
    const request = {
      model: 'smollm2',
      messages: [{ role: 'user', content: 'Write a long story.' }],
      sampling: { maxTokens: 900 },
    };
    await expect(
      (async () => {
        for await (const chunk of client(InferenceService).chat(await caller(abort.signal), request))
          if (chunk.content) abort.abort();
      })(),
    ).rejects.toMatchObject({ code: 'platform.cancelled' });
    await until(async () => (await list()).find(({ model, busySlots }) => model === 'smollm2' && busySlots === 0));
  });

  test('a model whose artifact is removed ends', async () => {
    const kv = await ensureBucket(nats, 'artifacts');
    await kv.delete('minilm');
    await until(async () => (await list()).length === 1);
  });
});
