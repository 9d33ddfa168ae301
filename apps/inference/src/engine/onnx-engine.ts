import {
  type ChatRequest,
  type CompleteRequest,
  type CountTokensRequest,
  EmbedKind,
  type EmbedRequest,
  type RerankRequest,
  type TokenizeRequest,
} from '@llmops/contracts/inference/v1/inference';
import { invalid } from '../errors.ts';
import type { EmbedKind as Kind, ReplicaEvent } from '../replica/protocol.ts';
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
import { ManagedReplica, noAnswer, type ReplicaSettings } from './managed-replica.ts';

/** Slots that texts in bulk leave to queries. */
const RESERVED = 4;

/** So few texts of no kind are somebody waiting for them. */
const FEW = 4;

export interface OnnxSettings extends Omit<ReplicaSettings, 'engine' | 'reserved'> {
  readonly task: 'embed' | 'rerank';
}

/** An embedding model or a cross-encoder in onnxruntime, in a process of its own. */
export class OnnxEngine implements Engine {
  readonly replica: ManagedReplica;

  constructor(private readonly settings: OnnxSettings) {
    this.replica = new ManagedReplica({ ...settings, engine: 'onnxruntime', reserved: RESERVED });
  }

  async embed({ inputs, kind }: EmbedRequest, options: CallOptions): Promise<EmbedResponseInit> {
    this.expect('embed');
    const texts = inputs.map(({ input }) => (input.case === 'tokens' ? input.value.ids : (input.value ?? '')));
    const urgent = kind === EmbedKind.QUERY || (kind === EmbedKind.UNSPECIFIED && texts.length <= FEW);
    const request = { type: 'embed', inputs: texts, kind: KINDS[kind], urgent } as const;
    const { event, ...times } = await this.ask(request, 'vectors', { ...options, urgent });
    return { vectors: event.vectors.map(bytesOf), dimensions: event.vectors[0]?.length ?? 0, ...times };
  }

  async rerank({ query, documents }: RerankRequest, options: CallOptions): Promise<RerankResponseInit> {
    const request = { type: 'rerank', query, documents } as const;
    const { event, ...times } = await this.ask(request, 'scores', { ...options, urgent: true });
    const scoreOf = this.settings.task === 'rerank' ? sigmoid : fromSimilarity;
    return { scores: Array.from(event.logits, (logit) => ({ logit, score: scoreOf(logit) })), ...times };
  }

  tokenize({ texts }: TokenizeRequest, options: CallOptions): Promise<TokenizeResponseInit> {
    return this.replica.tokenize(texts, options);
  }

  async embedder(options: CallOptions): Promise<EmbedderInit> {
    this.expect('embed');
    await this.replica.ready(options);
    const { dimensions, contextTokens, overheadTokens } = this.replica.process.info!;
    return {
      model: this.settings.model,
      modelDigest: this.settings.modelDigest,
      dimensions: dimensions ?? 0,
      maxInputTokens: contextTokens,
      passageOverheadTokens: overheadTokens?.passage ?? 0,
      queryOverheadTokens: overheadTokens?.query ?? 0,
    };
  }

  async countTokens({ model, input }: CountTokensRequest, options: CallOptions): Promise<number> {
    if (input.case === 'chat') throw this.notFor(model);
    await this.replica.ready(options);
    const prompt = { kind: 'text' as const, text: input.value ?? '' };
    for await (const event of this.replica.process.open({ type: 'count', prompt }, options.signal)) {
      if (event.kind === 'count') return event.tokens;
    }
    throw noAnswer();
  }

  // biome-ignore lint/correctness/useYield: a stream that only fails
  async *chat({ model }: ChatRequest): AsyncGenerator<ChatChunkInit> {
    throw this.notFor(model);
  }

  // biome-ignore lint/correctness/useYield: a stream that only fails
  async *complete({ model }: CompleteRequest): AsyncGenerator<ChatChunkInit> {
    throw this.notFor(model);
  }

  describe(): EngineDescription {
    return this.replica.describe();
  }

  close(): Promise<void> {
    return this.replica.close();
  }

  /** Waits for a slot and for the event that answers. */
  private async ask<K extends keyof Answers>(
    request: Parameters<ManagedReplica['process']['open']>[0],
    kind: K,
    options: CallOptions,
  ) {
    const { process } = this.replica;
    const events = this.replica.stream(options, async function* (_info, { queueMs }) {
      for await (const event of process.open(request, options.signal)) yield { event, queueMs };
    });
    for await (const { event, queueMs } of events) {
      if (event.kind !== kind) continue;
      const found = event as Answers[K];
      const { tokens: inputTokens, computeMs } = found;
      const { modelDigest } = this.settings;
      return { event: found, inputTokens, queueMs, computeMs, replica: process.id, modelDigest };
    }
    throw noAnswer();
  }

  private expect(task: OnnxSettings['task']): void {
    if (this.settings.task !== task) throw this.notFor(this.settings.model);
  }

  private notFor(model: string) {
    const [is, use] =
      this.settings.task === 'embed'
        ? ['an embedding model', 'a chat model']
        : ['a reranking model', 'a chat or embedding model'];
    return invalid('task_unsupported', `"${model}" is ${is}; use ${use}, as the call needs.`, 'model');
  }
}

const sigmoid = (logit: number) => 1 / (1 + Math.exp(-logit));
/** From -1 to 1, to 0 to 1. */
const fromSimilarity = (similarity: number) => (1 + similarity) / 2;

interface Answers {
  vectors: Extract<ReplicaEvent, { kind: 'vectors' }>;
  scores: Extract<ReplicaEvent, { kind: 'scores' }>;
}

const KINDS: Record<EmbedKind, Kind> = {
  [EmbedKind.UNSPECIFIED]: 'plain',
  [EmbedKind.QUERY]: 'query',
  [EmbedKind.PASSAGE]: 'passage',
};

/** Little-endian, as the contract has it and every machine we run on. */
const bytesOf = (vector: Float32Array) => new Uint8Array(vector.buffer, vector.byteOffset, vector.byteLength);
