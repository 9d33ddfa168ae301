import { EmbedKind } from '@llmops/contracts/inference/v1/inference';
import { CONFIG, ServiceCaller } from '@llmops/platform';
import type { RequestContext } from '@llmops/platform/context';
import { isAppError } from '@llmops/platform/errors';
import { Inject, Injectable } from '@nestjs/common';
import type { ServeConfig } from '../../config.ts';
import { INFERENCE, type Inference } from '../../peers.ts';
import { embedderMissing } from './validation.errors.ts';

const batchSize = 32;
/** What lies beyond reaches no embedding model. */
const longestText = 8_000;

@Injectable()
export class EmbedTexts {
  constructor(
    @Inject(CONFIG) private readonly config: ServeConfig,
    @Inject(INFERENCE) private readonly inference: Inference,
    private readonly caller: ServiceCaller,
  ) {}

  /** The items with their texts' embeddings in base64, in order. An empty text is embedded as one blank. */
  async *run<Item>(
    ctx: RequestContext,
    model: string,
    items: AsyncIterable<Item>,
    textOf: (item: Item) => string,
  ): AsyncGenerator<{ item: Item; vector: string }, void> {
    let batch: Item[] = [];
    for await (const item of items) {
      batch.push(item);
      if (batch.length < batchSize) continue;
      yield* await this.#embedded(ctx, model, batch, textOf);
      batch = [];
    }
    if (batch.length > 0) yield* await this.#embedded(ctx, model, batch, textOf);
  }

  async #embedded<Item>(ctx: RequestContext, model: string, batch: readonly Item[], textOf: (item: Item) => string) {
    const inputs = batch.map((item) => ({
      input: { case: 'text' as const, value: textOf(item).slice(0, longestText) || ' ' },
    }));
    // Tokens are short-lived: each batch has a new one.
    const caller = await this.caller.contextFor(ctx, ctx.signal);
    const request = { model: model || this.config.DATA_EMBEDDING_MODEL, inputs, kind: EmbedKind.UNSPECIFIED };
    const { vectors } = await this.inference.embed(caller, request).catch((error: unknown) => {
      ctx.signal.throwIfAborted();
      // A full queue passes; a model that is not served does not.
      if (isAppError(error) && error.category === 'not_found') throw embedderMissing(error);
      throw error;
    });
    return batch.map((item, at) => ({ item, vector: Buffer.from(vectors[at]!).toString('base64') }));
  }
}
