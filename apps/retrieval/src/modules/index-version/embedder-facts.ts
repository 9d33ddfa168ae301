import type { RequestContext } from '@llmops/platform/context';
import { isAppError } from '@llmops/platform/errors';
import { Inject, Injectable } from '@nestjs/common';
import { INFERENCE, type Inference } from '../../peers.ts';

export interface EmbedderFacts {
  name: string;
  /** Names the build of the model: its artifact's digest, or `upstream:<name>` where there is none. */
  digest: string;
  dimensions: number;
  /** Tokens of a passage that are not cut off; undefined when not known. */
  passageTokens: number | undefined;
}

/** What a model's vectors are told apart by. */
export const modelDigestOf = (model: string, digest: string): string => digest || `upstream:${model}`;

@Injectable()
export class GetEmbedderFacts {
  constructor(@Inject(INFERENCE) private readonly inference: Inference) {}

  /** Undefined when inference serves no such embedding model. Throws when it cannot be asked. */
  async run(ctx: RequestContext, model: string): Promise<EmbedderFacts | undefined> {
    try {
      const found = await this.inference.getEmbedder(ctx, { model });
      return {
        name: model,
        digest: modelDigestOf(model, found.modelDigest),
        dimensions: found.dimensions,
        passageTokens: found.maxInputTokens ? found.maxInputTokens - found.passageOverheadTokens : undefined,
      };
    } catch (error) {
      if (isAppError(error) && (error.category === 'not_found' || error.category === 'invalid')) return undefined;
      throw error;
    }
  }
}
