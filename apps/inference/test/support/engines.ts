import { create, type MessageInitShape } from '@bufbuild/protobuf';
import { ChatRequestSchema, type Finish } from '@llmops/contracts/inference/v1/inference';
import type { CallOptions, ChatChunkInit, Engine } from '../../src/engine/engine.ts';
import { LlamaCppEngine } from '../../src/engine/llama-cpp-engine.ts';
import { OnnxEngine } from '../../src/engine/onnx-engine.ts';
import type { LlamaReplicaOptions, OnnxReplicaOptions } from '../../src/replica/protocol.ts';
import { replicaEntry } from '../../src/replica/replica-entry.ts';

export const llamaEngine = (
  modelPath: string,
  options: Partial<LlamaReplicaOptions> = {},
  limits: { maxQueued?: number; stallMs?: number } = {},
) =>
  new LlamaCppEngine({
    model: 'test',
    modelDigest: '',
    maxQueued: limits.maxQueued ?? 64,
    maxQueueMs: 60_000,
    holdWhileLoadingMs: 30_000,
    process: {
      entry: replicaEntry('llama-replica'),
      options: { modelPath, slots: 4, threads: 1, contextTokens: 1024, batchTokens: 256, gpu: false, ...options },
      stallMs: limits.stallMs ?? 30_000,
      loadTimeoutMs: 60_000,
      backoffMs: 100,
      log: () => {},
    },
  });

export const onnxEngine = (
  files: Pick<OnnxReplicaOptions, 'modelPath' | 'tokenizerPath'>,
  options: Partial<OnnxReplicaOptions> = {},
  limits: { maxQueued?: number } = {},
) =>
  new OnnxEngine({
    model: 'test',
    modelDigest: 'digest',
    task: options.task ?? 'embed',
    maxQueued: limits.maxQueued ?? 64,
    maxQueueMs: 60_000,
    holdWhileLoadingMs: 30_000,
    process: {
      entry: replicaEntry('onnx-replica'),
      options: {
        task: 'embed',
        threads: 1,
        maxTokens: 256,
        batchSize: 16,
        batchTokens: 1024,
        prefixes: { query: '', passage: '' },
        ...files,
        ...options,
      },
      stallMs: 30_000,
      loadTimeoutMs: 60_000,
      backoffMs: 100,
      log: () => {},
    },
  });

export const chatRequest = (init: Omit<MessageInitShape<typeof ChatRequestSchema>, '$typeName'>) =>
  create(ChatRequestSchema, { model: 'test', ...init } as MessageInitShape<typeof ChatRequestSchema>);

export const user = (content: string) => ({ role: 'user', content });

export interface Answer {
  text: string;
  calls: { id: string; name: string; arguments: string }[];
  chunks: ChatChunkInit[];
  finish: Finish;
}

export async function answerOf(chunks: AsyncIterable<ChatChunkInit>): Promise<Answer> {
  const all: ChatChunkInit[] = [];
  for await (const chunk of chunks) all.push(chunk);
  return {
    text: all.map((chunk) => chunk.content ?? '').join(''),
    calls: all.flatMap((chunk) => (chunk.toolCalls ?? []) as Answer['calls']),
    chunks: all,
    finish: all.at(-1)!.finish as Finish,
  };
}

export const ask = (engine: Engine, init: Parameters<typeof chatRequest>[0], options: Partial<CallOptions> = {}) =>
  answerOf(engine.chat(chatRequest(init), { group: 'p', ...options }));
