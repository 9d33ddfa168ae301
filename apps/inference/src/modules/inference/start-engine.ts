import { join, sep } from 'node:path';
import { Engine as EngineKind, type ModelArtifact, Task } from '@llmops/contracts/models/v1/model';
import type { Logger } from '@llmops/platform';
import type { ServeConfig } from '../../config.ts';
import type { Engine } from '../../engine/engine.ts';
import { LlamaCppEngine } from '../../engine/llama-cpp-engine.ts';
import { OnnxEngine } from '../../engine/onnx-engine.ts';
import type { LlamaReplicaOptions, OnnxReplicaOptions } from '../../replica/protocol.ts';
import { replicaEntry } from '../../replica/replica-entry.ts';
import { artifactUnusable } from './inference.errors.ts';

/** Before the first restart of a replica. */
const BACKOFF_MS = 500;
/** Rows and tokens of a batch: on a CPU more tokens are slower (measured), and a query waits for the batch under way. */
const ENCODER_BATCH = 16;
const ENCODER_BATCH_TOKENS = 256;
const EMBEDDING_TOKENS = 256;

/** A running engine for an artifact. @throws AppError `inference.artifact_unusable` */
export function startEngine(artifact: ModelArtifact, config: ServeConfig, log: Logger): Engine {
  const common = {
    model: artifact.model,
    modelDigest: artifact.digest,
    maxQueued: config.INFERENCE_MAX_QUEUED,
    maxQueueMs: config.INFERENCE_QUEUE_MS,
    holdWhileLoadingMs: config.INFERENCE_HOLD_LOADING_MS,
  };
  const process = {
    stallMs: config.INFERENCE_STALL_MS,
    loadTimeoutMs: config.INFERENCE_LOAD_MS,
    backoffMs: BACKOFF_MS,
    log: (message: string, detail: Record<string, unknown>) => log.info(detail, message),
  };
  switch (artifact.engine) {
    case EngineKind.LLAMA_CPP: {
      const options = llamaOptions(artifact, config);
      return new LlamaCppEngine({ ...common, process: { ...process, entry: replicaEntry('llama-replica'), options } });
    }
    case EngineKind.ONNX: {
      const options = onnxOptions(artifact, config);
      const { task } = options;
      return new OnnxEngine({ ...common, task, process: { ...process, entry: replicaEntry('onnx-replica'), options } });
    }
    default:
      throw artifactUnusable(artifact.model, `there is no engine ${EngineKind[artifact.engine] ?? artifact.engine}`);
  }
}

function llamaOptions(artifact: ModelArtifact, config: ServeConfig): LlamaReplicaOptions {
  return {
    modelPath: fileOf(artifact, config, '.gguf'),
    slots: config.INFERENCE_SLOTS,
    threads: config.INFERENCE_THREADS,
    contextTokens: Math.min(config.INFERENCE_CONTEXT_TOKENS, artifact.contextTokens || config.INFERENCE_CONTEXT_TOKENS),
    batchTokens: config.INFERENCE_BATCH_TOKENS,
    gpu: config.INFERENCE_GPU === 'auto',
  };
}

function onnxOptions(artifact: ModelArtifact, config: ServeConfig): OnnxReplicaOptions {
  return {
    task: artifact.task === Task.RERANK ? 'rerank' : 'embed',
    modelPath: fileOf(artifact, config, '.onnx'),
    tokenizerPath: fileOf(artifact, config, 'tokenizer.json'),
    threads: config.INFERENCE_ENCODER_THREADS,
    maxTokens: artifact.contextTokens || EMBEDDING_TOKENS,
    batchSize: ENCODER_BATCH,
    batchTokens: ENCODER_BATCH_TOKENS,
    prefixes: { query: artifact.queryPrefix, passage: artifact.passagePrefix },
  };
}

/** The path of the artifact's file with this ending; it must lie in the object store. */
function fileOf(artifact: ModelArtifact, { OBJECTS_DIR }: ServeConfig, ending: string): string {
  const name = artifact.files.map((file) => file.name).find((file) => file.endsWith(ending));
  if (name === undefined) throw artifactUnusable(artifact.model, `it has no file ending in ${ending}`);
  const path = join(OBJECTS_DIR, artifact.path, name);
  if (!path.startsWith(join(OBJECTS_DIR, sep)))
    throw artifactUnusable(artifact.model, 'its path leads out of the store');
  return path;
}
