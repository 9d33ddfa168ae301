import { EmbedKind } from '@llmops/contracts/inference/v1/inference';
import type { RequestContext } from '@llmops/platform/context';
import { isAppError } from '@llmops/platform/errors';
import { Inject, Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { INFERENCE, type Inference } from '../../peers.ts';
import { type IndexModel, modelDigestOf } from '../index-version/index.ts';

export type QueryVector = { vector: Float32Array } | { problem: string };

/** A search waits no longer for its embedder, and goes on without it. */
const patienceMs = 10_000;
const rememberedMs = 60_000;

/** Queries as vectors. Those of the last minute are remembered, for one project each. */
@Injectable()
export class QueryEmbedder {
  readonly #cache = new LRUCache<string, Float32Array>({ max: 2_000, ttl: rememberedMs });

  constructor(@Inject(INFERENCE) private readonly inference: Inference) {}

  async embed(ctx: RequestContext, model: IndexModel, query: string): Promise<QueryVector> {
    const key = JSON.stringify([ctx.projectId, model.name, model.digest, query]);
    const known = this.#cache.get(key);
    if (known) return { vector: known };
    try {
      const answer = await this.inference.embed(withPatience(ctx), {
        model: model.name,
        inputs: [{ input: { case: 'text', value: query } }],
        kind: EmbedKind.QUERY,
      });
      const digest = modelDigestOf(model.name, answer.modelDigest);
      if (digest !== model.digest || answer.dimensions !== model.dimensions) {
        return { problem: `${model.name} changed since the index was built: build a new index version` };
      }
      const vector = readVector(answer.vectors[0]!);
      this.#cache.set(key, vector);
      return { vector };
    } catch (error) {
      if (ctx.signal.aborted) throw error;
      return { problem: isAppError(error) ? `${model.name}: ${error.message}` : `${model.name} did not answer` };
    }
  }
}

function withPatience(ctx: RequestContext): RequestContext {
  const deadlineMs = Math.min(ctx.deadlineMs ?? Number.POSITIVE_INFINITY, Date.now() + patienceMs);
  return { ...ctx, deadlineMs };
}

/** Little-endian float32. */
function readVector(bytes: Uint8Array): Float32Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Float32Array.from({ length: bytes.byteLength / 4 }, (_, i) => view.getFloat32(i * 4, true));
}
