import { CONFIG } from '@llmops/platform';
import type { RequestContext } from '@llmops/platform/context';
import { Inject, Injectable } from '@nestjs/common';
import type { ServeConfig } from '../../config.ts';
import { chunkerInvalid, embeddingModelNotFound, noEmbeddingModel } from '../../errors.ts';
import { type EmbedderFacts, GetEmbedderFacts } from './embedder-facts.ts';
import type { IndexModel, ResolvedSettings } from './index-version.repository.ts';

/** As asked for: 0, undefined and an empty list stand for the defaults. */
export interface WantedSettings {
  embeddingModels: string[];
  chunker: { maxTokens: number; overlapTokens: number | undefined; parentTokens: number };
  noLexical: boolean;
}

/** Before a chunk its title and headings are embedded with it; this much room is kept for them. */
const headingTokens = 40;
const defaults = { maxTokens: 256, overlapTokens: 32, parentTokens: 1024 };

@Injectable()
export class ResolveSettings {
  constructor(
    @Inject(CONFIG) private readonly config: ServeConfig,
    private readonly facts: GetEmbedderFacts,
  ) {}

  /** Fills in the defaults and pins each model to the build that is served now. */
  async run(
    ctx: RequestContext,
    wanted: WantedSettings,
  ): Promise<{ settings: ResolvedSettings; models: IndexModel[] }> {
    const found = await this.#models(ctx, [...new Set(wanted.embeddingModels)]);
    const room = Math.min(
      ...found.map(({ passageTokens }) => (passageTokens ?? Number.POSITIVE_INFINITY) - headingTokens),
    );
    return {
      settings: {
        embeddingModels: found.map(({ name }) => name),
        chunker: resolveChunker(wanted.chunker, room),
        noLexical: wanted.noLexical,
      },
      models: found.map(({ name, digest, dimensions }) => ({ name, digest, dimensions })),
    };
  }

  async #models(ctx: RequestContext, names: string[]): Promise<EmbedderFacts[]> {
    const asked = names.length > 0 ? names : this.config.RETRIEVAL_EMBEDDING_MODELS;
    const found = await Promise.all(asked.map((name) => this.facts.run(ctx, name)));
    if (names.length > 0) {
      const missing = found.indexOf(undefined);
      if (missing >= 0) throw embeddingModelNotFound(names[missing]!);
    }
    const served = found.filter((each) => each !== undefined);
    if (served.length === 0) throw noEmbeddingModel(asked);
    return served;
  }
}

/** @param room tokens of a chunk that every model of the index takes whole */
export function resolveChunker(wanted: WantedSettings['chunker'], room: number): ResolvedSettings['chunker'] {
  if (wanted.maxTokens > room) throw chunkerInvalid('max_tokens', `the embedding models take at most ${room}`);
  const maxTokens = wanted.maxTokens || Math.min(defaults.maxTokens, room);
  if (maxTokens < 8) throw chunkerInvalid('max_tokens', 'must be at least 8');
  const overlapTokens = wanted.overlapTokens ?? Math.min(defaults.overlapTokens, Math.floor(maxTokens / 4));
  if (overlapTokens > maxTokens / 2) throw chunkerInvalid('overlap_tokens', 'must be at most half of max_tokens');
  const parentTokens = wanted.parentTokens || Math.max(defaults.parentTokens, maxTokens);
  if (parentTokens < maxTokens) throw chunkerInvalid('parent_tokens', 'must be at least max_tokens');
  return { maxTokens, overlapTokens, parentTokens };
}
