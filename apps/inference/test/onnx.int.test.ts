import { fileURLToPath } from 'node:url';
import { create } from '@bufbuild/protobuf';
import {
  CountTokensRequestSchema,
  EmbedKind,
  EmbedRequestSchema,
  RerankRequestSchema,
  TokenizeRequestSchema,
} from '@llmops/contracts/inference/v1/inference';
import { until } from '@llmops/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { OnnxEngine } from '../src/engine/onnx-engine.ts';
import type { AppError } from '../src/errors.ts';
import { ask, onnxEngine, user } from './support/engines.ts';
import { modelFile } from './support/models.ts';

const modelPath = modelFile('all-minilm-l6-v2/model.onnx');
const tokenizerPath = modelFile('all-minilm-l6-v2/tokenizer.json');

describe.skipIf(!modelPath || !tokenizerPath)('MiniLM in onnxruntime', () => {
  let engine: OnnxEngine;
  beforeAll(() => {
    const prefixes = { query: 'question: ', passage: 'text to find: ' };
    engine = onnxEngine({ modelPath: modelPath!, tokenizerPath: tokenizerPath! }, { prefixes });
  });
  afterAll(() => engine.close());

  const request = (texts: string[], kind = EmbedKind.UNSPECIFIED) =>
    create(EmbedRequestSchema, {
      model: 'embed',
      inputs: texts.map((value) => ({ input: { case: 'text' as const, value } })),
      kind,
    });
  const embed = async (...texts: string[]) => {
    const response = await engine.embed(request(texts), { group: 'p' });
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

  test('what the model wants before a text of a kind is put there, and tells of the model say how much that takes', async () => {
    const vector = async (text: string, kind = EmbedKind.UNSPECIFIED) => {
      const { vectors, modelDigest } = await engine.embed(request([text], kind), { group: 'p' });
      expect(modelDigest).toBe('digest');
      return new Float32Array(vectors![0]!.slice().buffer);
    };
    expect(cosine(await vector('cats', EmbedKind.QUERY), await vector('question: cats'))).toBeCloseTo(1, 5);
    expect(cosine(await vector('cats', EmbedKind.PASSAGE), await vector('text to find: cats'))).toBeCloseTo(1, 5);
    expect(cosine(await vector('cats', EmbedKind.PASSAGE), await vector('cats'))).toBeLessThan(0.99);
    expect(await engine.embedder({ group: 'p' })).toEqual({
      model: 'test',
      modelDigest: 'digest',
      dimensions: 384,
      maxInputTokens: 256,
      passageOverheadTokens: 6,
      queryOverheadTokens: 4,
    });
  });

  test('the places of tokens come in the order of the texts, whatever their length', async () => {
    const texts = ['hello, world', '', 'word '.repeat(5000), 'unbelievable'];
    const { texts: found, modelDigest } = await engine.tokenize(create(TokenizeRequestSchema, { model: 'm', texts }), {
      group: 'p',
    });
    const ends = found!.map((each) => [...each.ends!]);
    expect([ends[0], ends[1], ends[2]!.length, ends[3]]).toEqual([[5, 6, 12], [], 5000, [12]]);
    expect([ends[2]!.at(-1), modelDigest]).toEqual([24_999, 'digest']);
  });

  test('it reranks by late interaction: what answers the question comes first, and the same text scores highest', async () => {
    const query = 'Who won the race in 1998?';
    const documents = [
      'The bank raised its interest rates again.',
      query,
      'The 1998 race was won by Maria Lopez, ahead of two others.',
      'Racing cars need new tyres after a while.',
    ];
    const rerankRequest = create(RerankRequestSchema, { model: 'embed', query, documents });
    const { scores, inputTokens } = await engine.rerank(rerankRequest, { group: 'p' });
    const order = scores!.map(({ logit }, i) => [logit!, i] as const).sort(([a], [b]) => b - a);
    expect(order.map(([, i]) => i)).toEqual([1, 2, 3, 0]);
    for (const { logit, score } of scores!) expect(score).toBeCloseTo((1 + logit!) / 2, 6);
    expect(inputTokens).toBeGreaterThan(40);
  });

  test('a query does not wait for texts in bulk, and an abort drops what is left of them', async () => {
    const texts = Array.from({ length: 400 }, (_, i) => `topic ${i} ${'word '.repeat(100)}`);
    const abort = new AbortController();
    const bulk = Array.from({ length: 6 }, () =>
      engine.embed(request(texts, EmbedKind.PASSAGE), { group: 'p', signal: abort.signal }),
    );
    const done = Promise.allSettled(bulk);
    await until(() => engine.describe().queued > 0);
    await engine.embed(request(['what is it?'], EmbedKind.QUERY), { group: 'p' });
    expect(engine.describe().busySlots).toBe(4);
    abort.abort(new Error('gone'));
    expect((await done).every(({ status }) => status === 'rejected')).toBe(true);
    await until(() => engine.describe().busySlots === 0);
    await embed('the next one');
  });
});

test.skipIf(!modelPath || !tokenizerPath)(
  'work in bulk that finds the queue full is refused; queries have one of their own',
  async () => {
    const engine = onnxEngine({ modelPath: modelPath!, tokenizerPath: tokenizerPath! }, {}, { maxQueued: 2 });
    const request = (kind: EmbedKind) => {
      const text = 'word '.repeat(100);
      const inputs = Array.from({ length: 100 }, () => ({ input: { case: 'text' as const, value: text } }));
      return create(EmbedRequestSchema, { model: 'embed', inputs, kind });
    };
    const abort = new AbortController();
    const calls = Array.from({ length: 7 }, () =>
      engine.embed(request(EmbedKind.PASSAGE), { group: 'p', signal: abort.signal }),
    );
    const settled = Promise.allSettled(calls);
    const refused = await Promise.any(
      calls.map((call) =>
        call.then(
          () => Promise.reject(),
          (error: AppError) => error,
        ),
      ),
    );
    expect(refused).toMatchObject({ code: 'inference.queue_full', category: 'exhausted' });
    expect(refused.retryAfterMs).toBeGreaterThan(0);
    const query = create(EmbedRequestSchema, {
      model: 'embed',
      inputs: [{ input: { case: 'text', value: 'a' } }],
      kind: EmbedKind.QUERY,
    });
    expect((await engine.embed(query, { group: 'p' })).dimensions).toBe(384);
    abort.abort(new Error('gone'));
    await settled;
    await engine.close();
  },
);

describe('a cross-encoder in onnxruntime', () => {
  const path = (name: string) => fileURLToPath(new URL(`../fixtures/overlap-cross-encoder/${name}`, import.meta.url));
  const files = { modelPath: path('model.onnx'), tokenizerPath: path('tokenizer.json') };
  let engine: OnnxEngine;
  beforeAll(() => {
    engine = onnxEngine(files, { task: 'rerank', maxTokens: 12, batchSize: 2 });
  });
  afterAll(() => engine.close());

  test('documents are scored against the query in their order, cut where they are too long', async () => {
    const documents = ['rates rose', 'the cat sat', `${'a of '.repeat(20)}cat`, 'cats on the mat', ''];
    const request = create(RerankRequestSchema, { model: 'r', query: 'the cat', documents });
    const { scores, inputTokens, modelDigest } = await engine.rerank(request, { group: 'p' });
    expect(scores!.map(({ logit }) => logit)).toEqual([-1.5, 0.5, -1.5, 0.5, -1.5]);
    expect(scores![1]!.score).toBeCloseTo(1 / (1 + Math.exp(-0.5)), 6);
    expect([inputTokens, modelDigest]).toEqual([7 + 8 + 12 + 10 + 5, 'digest']);
  });

  test('it makes no embeddings', async () => {
    const embedding = create(EmbedRequestSchema, { model: 'r', inputs: [{ input: { case: 'text', value: 'a' } }] });
    const refused = { code: 'inference.task_unsupported', category: 'invalid', param: 'model' };
    await expect(engine.embed(embedding, { group: 'p' })).rejects.toMatchObject(refused);
    await expect(engine.embedder({ group: 'p' })).rejects.toMatchObject(refused);
  });
});
