import { create } from '@bufbuild/protobuf';
import { CountTokensRequestSchema, EmbedRequestSchema } from '@llmops/contracts/inference/v1/inference';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { OnnxEngine } from '../src/engine/onnx-engine.ts';
import { replicaEntry } from '../src/replica/replica-entry.ts';
import { ask, user } from './support/engines.ts';
import { modelFile } from './support/models.ts';

const modelPath = modelFile('all-minilm-l6-v2/model.onnx');
const tokenizerPath = modelFile('all-minilm-l6-v2/tokenizer.json');

describe.skipIf(!modelPath || !tokenizerPath)('MiniLM in onnxruntime', () => {
  let engine: OnnxEngine;
  beforeAll(() => {
    engine = new OnnxEngine({
      model: 'embed',
      modelDigest: 'd',
      task: 'embed',
      maxQueued: 64,
      maxQueueMs: 60_000,
      holdWhileLoadingMs: 30_000,
      process: {
        entry: replicaEntry('onnx-replica'),
        options: {
          task: 'embed',
          modelPath,
          tokenizerPath,
          threads: 1,
          maxTokens: 256,
          batchSize: 16,
          batchTokens: 1024,
          prefixes: { query: '', passage: '' },
        },
        stallMs: 30_000,
        loadTimeoutMs: 60_000,
        backoffMs: 100,
        log: () => {},
      },
    });
  });
  afterAll(() => engine.close());

  const embed = async (...texts: string[]) => {
    const inputs = texts.map((value) => ({ input: { case: 'text' as const, value } }));
    const response = await engine.embed(create(EmbedRequestSchema, { model: 'embed', inputs }), { group: 'p' });
    const vectors = response.vectors!.map((bytes) => new Float32Array(bytes.slice().buffer));
    return { ...response, vectors };
  };
  const cosine = (a: Float32Array, b: Float32Array) => a.reduce((sum, value, i) => sum + value * b[i]!, 0);

  test('vectors have length one, the stated dimensions, and put related texts closer', async () => {
    const { vectors, dimensions, inputTokens } = await embed(
      'A cat sits on the mat.',
      'A kitten rests on a rug.',
      'Interest rates rose again.',
    );
    const [cat, kitten, rates] = vectors as [Float32Array, Float32Array, Float32Array];
    expect(dimensions).toBe(384);
    for (const vector of vectors) expect(cosine(vector, vector)).toBeCloseTo(1, 4);
    expect(cosine(cat, kitten)).toBeGreaterThan(cosine(cat, rates) + 0.2);
    expect(inputTokens).toBe(9 + 9 + 7);
  });

  test('the order of the vectors is that of the texts, whatever the batches', async () => {
    const texts = Array.from({ length: 40 }, (_, i) => `${'word '.repeat((i * 7) % 30)}topic ${i}`);
    const { vectors } = await embed(...texts);
    for (const i of [0, 13, 39]) {
      const { vectors: alone } = await embed(texts[i]!);
      expect(cosine(alone[0]!, vectors[i]!)).toBeGreaterThan(0.97);
    }
  });

  test('a text that is too long is cut, and the tokens counted are those used', async () => {
    const { inputTokens } = await embed('word '.repeat(2000));
    expect(inputTokens).toBe(256);
  });

  test('tokens can be given instead of text', async () => {
    const inputs = [{ input: { case: 'tokens' as const, value: { ids: [7592, 2088] } } }];
    const response = await engine.embed(create(EmbedRequestSchema, { model: 'embed', inputs }), { group: 'p' });
    const { vectors } = await embed('hello world');
    expect(cosine(new Float32Array(response.vectors![0]!.slice().buffer), vectors[0]!)).toBeCloseTo(1, 3);
  });

  test('a token that the model does not have is the caller’s error', async () => {
    const inputs = [{ input: { case: 'tokens' as const, value: { ids: [7592, 30_522] } } }];
    const request = create(EmbedRequestSchema, { model: 'embed', inputs });
    await expect(engine.embed(request, { group: 'p' })).rejects.toMatchObject({
      code: 'inference.token_unknown',
      category: 'invalid',
    });
  });

  test('tokens are counted as the model sees them; chat is refused by name', async () => {
    const input = { case: 'text' as const, value: 'hello world' };
    expect(await engine.countTokens(create(CountTokensRequestSchema, { model: 'embed', input }), { group: 'p' })).toBe(
      4,
    );
    await expect(ask(engine, { messages: [user('Hi')] })).rejects.toMatchObject({ code: 'inference.task_unsupported' });
  });
});
