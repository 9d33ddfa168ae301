import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  EmbedKind,
  type EmbedRequest,
  type GetEmbedderRequest,
  InferenceService,
  type TokenizeRequest,
} from '@llmops/contracts/inference/v1/inference';
import { AppError } from '@llmops/platform/errors';
import { GrpcService } from '@llmops/platform/grpc';

const dimensions: Record<string, number> = { 'tiny-a': 16, 'tiny-b': 24 };

/** What a test does to inference. */
export interface InferenceFaults {
  /** `busy`: every call is refused with 429; `away`: as when it restarts; `hanging`: embeddings never come. */
  mode: 'well' | 'busy' | 'away' | 'hanging';
  digest: string;
  /** Passages that were embedded, each time again. */
  embedded: string[];
  refused: number;
}

export const faults = (): InferenceFaults => ({ mode: 'well', digest: 'd1', embedded: [], refused: 0 });

/**
 * An embedder of words that can be made to fail; only for what happens when it does. Retrieval with real models is tested
 * in tests/system.
 */
export function fakeInference(state: InferenceFaults) {
  const digestOf = (model: string) => `${state.digest} of ${model}`;
  class FakeInference {
    async getEmbedder({ model }: GetEmbedderRequest) {
      check(state);
      if (!dimensions[model]) throw notFound(model);
      return {
        model,
        modelDigest: digestOf(model),
        dimensions: dimensions[model],
        maxInputTokens: 256,
        passageOverheadTokens: 2,
      };
    }

    async tokenize({ model, texts }: TokenizeRequest) {
      check(state);
      const ends = texts.map((text) => ({
        ends: [...text.matchAll(/\S+/g)].map((word) => word.index + word[0].length),
      }));
      return { texts: ends, modelDigest: digestOf(model) };
    }

    async embed({ model, inputs, kind }: EmbedRequest) {
      check(state);
      while (state.mode === 'hanging') await sleep(20);
      const texts = inputs.map(({ input }) => String(input.value));
      if (kind === EmbedKind.PASSAGE) state.embedded.push(...texts);
      const size = dimensions[model]!;
      return { vectors: texts.map((text) => vectorOf(text, size)), dimensions: size, modelDigest: digestOf(model) };
    }
  }
  for (const { localName } of InferenceService.methods) {
    if (localName in FakeInference.prototype) continue;
    Object.defineProperty(FakeInference.prototype, localName, {
      value: () => Promise.reject(new Error(`${localName} is not here`)),
    });
  }
  GrpcService(InferenceService)(FakeInference);
  return FakeInference;
}

function check(state: InferenceFaults): void {
  if (state.mode === 'well' || state.mode === 'hanging') return;
  state.refused += 1;
  const [code, category] =
    state.mode === 'busy'
      ? (['inference.queue_full', 'exhausted'] as const)
      : (['inference.replica_lost', 'unavailable'] as const);
  throw new AppError({ code, category, message: 'Not now.' });
}

const notFound = (model: string) =>
  new AppError({ code: 'inference.model_not_found', category: 'not_found', message: `${model} is not served.` });

/** Words as directions. */
function vectorOf(text: string, size: number): Uint8Array {
  const vector = new Float32Array(size);
  for (const [word] of text.toLowerCase().matchAll(/\w+/g)) {
    const hash = createHash('sha256').update(word).digest();
    for (let i = 0; i < size; i += 1) vector[i]! += hash[i]! - 128;
  }
  const length = Math.hypot(...vector) || 1;
  return new Uint8Array(vector.map((value) => value / length).buffer);
}
