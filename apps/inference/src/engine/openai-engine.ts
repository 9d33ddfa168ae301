import { create } from '@bufbuild/protobuf';
import {
  type ChatRequest,
  type CompleteRequest,
  type CountTokensRequest,
  type EmbedRequest,
  EmbedRequestSchema,
  type RerankRequest,
  type TokenizeRequest,
} from '@llmops/contracts/inference/v1/inference';
import {
  createUpstream,
  type EmbeddingResponse,
  estimateTokens,
  readUsage,
  totalInputTokens,
  type Upstream,
} from '@llmops/llm-protocol';
import { invalid } from '../errors.ts';
import { normalise } from '../onnx/pool.ts';
import { readStream } from '../openai/read-stream.ts';
import { chatBody, completionBody } from '../openai/request-body.ts';
import { fromUpstream } from '../openai/upstream-errors.ts';
import type {
  CallOptions,
  ChatChunkInit,
  EmbedderInit,
  EmbedResponseInit,
  Engine,
  EngineDescription,
  RerankResponseInit,
  TokenizeResponseInit,
} from './engine.ts';

export interface OpenAiEngineOptions {
  readonly model: string;
  /** Up to and with `/v1`. */
  readonly baseUrl: string;
  readonly apiKey?: string | undefined;
  /** The name of the model there; ours when not given. */
  readonly upstreamModel?: string | undefined;
}

/** A model in an OpenAI-compatible server (vLLM, SGLang, Ollama, llama-server), which queues and batches itself. */
export class OpenAiEngine implements Engine {
  private readonly upstream: Upstream;
  private readonly name: string;
  private busy = 0;
  private generated = 0;
  private lastTokenAt = 0;
  private error = '';

  constructor(private readonly options: OpenAiEngineOptions) {
    this.upstream = createUpstream(options);
    this.name = options.upstreamModel ?? options.model;
  }

  chat(request: ChatRequest, options: CallOptions): AsyncIterable<ChatChunkInit> {
    return this.stream('/chat/completions', () => chatBody(request, this.name), options);
  }

  async *complete(request: CompleteRequest, options: CallOptions): AsyncGenerator<ChatChunkInit> {
    if (request.echo) yield { content: request.prompt };
    yield* this.stream('/completions', () => completionBody(request, this.name), options);
  }

  async embed({ inputs }: EmbedRequest, { signal }: CallOptions): Promise<EmbedResponseInit> {
    const started = performance.now();
    const input = inputs.map(({ input }) => (input.case === 'tokens' ? input.value.ids : (input.value ?? '')));
    const body = JSON.stringify({ model: this.name, input, encoding_format: 'float' });
    const { data, usage } = await this.guard(async () => {
      const response = await this.upstream.post('/embeddings', body, { signal });
      return (await response.body.json()) as EmbeddingResponse;
    });
    const vectors = [...data]
      .sort((a, b) => a.index - b.index)
      .map(({ embedding }) => normalise(Float32Array.from(embedding as number[])));
    const counted = readUsage(usage);
    return {
      vectors: vectors.map(({ buffer }) => new Uint8Array(buffer)),
      dimensions: vectors[0]?.length ?? 0,
      inputTokens: counted ? totalInputTokens(counted) : 0,
      computeMs: performance.now() - started,
      replica: this.id,
    };
  }

  /** An estimate: the API has no way to ask. */
  async countTokens({ input }: CountTokensRequest): Promise<number> {
    if (input.case !== 'chat') return estimateTokens(input.value ?? '');
    return input.value.messages.reduce((sum, { content }) => sum + estimateTokens(content) + 4, 0);
  }

  async tokenize({ model }: TokenizeRequest): Promise<TokenizeResponseInit> {
    throw invalid('task_unsupported', `"${model}" runs in another server, whose tokens are not known.`, 'model');
  }

  /** The API tells nothing of a model; how long its vectors are shows in one. */
  async embedder(options: CallOptions): Promise<EmbedderInit> {
    const { model } = this.options;
    const input = { case: 'text' as const, value: 'a' };
    const { dimensions } = await this.embed(create(EmbedRequestSchema, { model, inputs: [{ input }] }), options);
    return { model, ...(dimensions === undefined ? {} : { dimensions }) };
  }

  async rerank({ model }: RerankRequest): Promise<RerankResponseInit> {
    throw invalid('task_unsupported', `"${model}" runs in another server, which is not asked to rerank.`, 'model');
  }

  describe(): EngineDescription {
    return {
      id: this.id,
      model: this.options.model,
      engine: 'openai',
      state: 'ready',
      device: new URL(this.options.baseUrl).host,
      slots: 0,
      busySlots: this.busy,
      queued: 0,
      memoryBytes: 0,
      restarts: 0,
      lastTokenAt: this.lastTokenAt,
      generatedTokens: this.generated,
      error: this.error,
      modelDigest: '',
      rejected: 0,
      expired: 0,
    };
  }

  close(): Promise<void> {
    return this.upstream.destroy();
  }

  private get id(): string {
    return `${this.options.model}-0`;
  }

  private async *stream(path: string, body: () => unknown, { signal }: CallOptions): AsyncGenerator<ChatChunkInit> {
    this.busy++;
    try {
      const response = await this.upstream.post(path, JSON.stringify(body()), { signal });
      for await (const chunk of readStream(response.body, this.id)) {
        if (chunk.finish) this.generated += chunk.finish.outputTokens ?? 0;
        this.lastTokenAt = Date.now();
        yield chunk;
      }
      this.error = '';
    } catch (error) {
      throw this.translate(error);
    } finally {
      this.busy--;
    }
  }

  private async guard<T>(run: () => Promise<T>): Promise<T> {
    try {
      return await run();
    } catch (error) {
      throw this.translate(error);
    }
  }

  private translate(error: unknown): unknown {
    const translated = fromUpstream(error, this.options.model);
    if (translated instanceof Error) this.error = translated.message;
    return translated;
  }
}
