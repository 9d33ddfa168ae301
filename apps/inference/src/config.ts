import { availableParallelism } from 'node:os';
import { baseConfig, loadConfig } from '@llmops/platform';
import { z } from 'zod';

const openAiEngines = z
  .string()
  .default('[]')
  .transform((text, context) => {
    try {
      return JSON.parse(text) as unknown;
    } catch {
      context.addIssue('expected JSON');
      return z.NEVER;
    }
  })
  .pipe(
    z.array(
      z.object({
        model: z.string().min(1),
        baseUrl: z.url(),
        apiKey: z.string().optional(),
        task: z.enum(['chat', 'embedding']).default('chat'),
        upstreamModel: z.string().optional(),
      }),
    ),
  );

const serve = baseConfig.extend({
  OBJECTS_DIR: z.string().min(1),
  /** Requests one model works on at once. */
  INFERENCE_SLOTS: z.coerce.number().int().min(1).max(64).default(4),
  /** More than 1 only on idle cores: llama.cpp's threads wait for each other by spinning. */
  INFERENCE_THREADS: z.coerce.number().int().min(1).default(1),
  /** Of an embedding or reranking model; these wait without spinning. */
  INFERENCE_ENCODER_THREADS: z.coerce.number().int().min(1).default(Math.min(4, availableParallelism())),
  /** Context of one slot; memory is taken for all slots when the model is loaded. */
  INFERENCE_CONTEXT_TOKENS: z.coerce.number().int().min(256).default(4096),
  INFERENCE_BATCH_TOKENS: z.coerce.number().int().min(32).default(256),
  /** `auto` uses a GPU where a build for it is installed. */
  INFERENCE_GPU: z.enum(['auto', 'off']).default('auto'),
  INFERENCE_MAX_QUEUED: z.coerce.number().int().min(1).default(64),
  INFERENCE_QUEUE_MS: z.coerce.number().int().positive().default(120_000),
  INFERENCE_HOLD_LOADING_MS: z.coerce.number().int().positive().default(30_000),
  INFERENCE_STALL_MS: z.coerce.number().int().min(1000).default(30_000),
  INFERENCE_LOAD_MS: z.coerce.number().int().positive().default(300_000),
  INFERENCE_OPENAI_ENGINES: openAiEngines,
});

export type ServeConfig = z.infer<typeof serve>;

export const serveConfig = (): ServeConfig => loadConfig(serve, process.env);

/** What a replica process inherits: where libraries are, which GPU it may see. */
export const environment = (): NodeJS.ProcessEnv => process.env;
