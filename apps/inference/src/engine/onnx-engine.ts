import type {
  ChatRequest,
  CompleteRequest,
  CountTokensRequest,
  EmbedRequest,
} from '@llmops/contracts/inference/v1/inference';
import { AppError, invalid } from '../errors.ts';
import type { CallOptions, ChatChunkInit, EmbedResponseInit, Engine, EngineDescription } from './engine.ts';
import { ManagedReplica, type ReplicaSettings } from './managed-replica.ts';

/** An embedding model in onnxruntime, in a process of its own. */
export class OnnxEngine implements Engine {
  readonly replica: ManagedReplica;

  constructor(settings: Omit<ReplicaSettings, 'engine'>) {
    this.replica = new ManagedReplica({ ...settings, engine: 'onnxruntime' });
  }

  async embed({ inputs }: EmbedRequest, options: CallOptions): Promise<EmbedResponseInit> {
    const { process } = this.replica;
    const texts = inputs.map(({ input }) => (input.case === 'tokens' ? input.value.ids : (input.value ?? '')));
    const results = this.replica.stream(options, async function* (_info, { queueMs }) {
      for await (const event of process.open({ type: 'embed', inputs: texts }, options.signal)) {
        if (event.kind === 'vectors') yield { event, queueMs };
      }
    });
    for await (const { event, queueMs } of results) {
      const { vectors, tokens, computeMs } = event;
      return {
        vectors: vectors.map(bytesOf),
        dimensions: vectors[0]?.length ?? 0,
        inputTokens: tokens,
        queueMs,
        computeMs,
        replica: process.id,
      };
    }
    throw new AppError({
      code: 'inference.engine_failed',
      category: 'internal',
      message: 'The engine gave no vectors.',
    });
  }

  async countTokens({ model, input }: CountTokensRequest, options: CallOptions): Promise<number> {
    if (input.case === 'chat') throw notChat(model);
    await this.replica.ready(options);
    const prompt = { kind: 'text' as const, text: input.value ?? '' };
    for await (const event of this.replica.process.open({ type: 'count', prompt }, options.signal)) {
      if (event.kind === 'count') return event.tokens;
    }
    return 0;
  }

  // biome-ignore lint/correctness/useYield: a stream that only fails
  async *chat({ model }: ChatRequest): AsyncGenerator<ChatChunkInit> {
    throw notChat(model);
  }

  // biome-ignore lint/correctness/useYield: a stream that only fails
  async *complete({ model }: CompleteRequest): AsyncGenerator<ChatChunkInit> {
    throw notChat(model);
  }

  describe(): EngineDescription {
    return this.replica.describe();
  }

  close(): Promise<void> {
    return this.replica.close();
  }
}

const notChat = (model: string) =>
  invalid('task_unsupported', `"${model}" is an embedding model; use a chat model.`, 'model');

/** Little-endian, as the contract has it and every machine we run on. */
const bytesOf = (vector: Float32Array) => new Uint8Array(vector.buffer, vector.byteOffset, vector.byteLength);
