import { estimateTokens } from '@llmops/llm-protocol';
import type { RequestContext } from '@llmops/platform/context';
import { Inject, Injectable } from '@nestjs/common';
import type { TextTokens } from '../../context/index.ts';
import { INFERENCE, type Inference } from '../../peers.ts';

/** What a model's tokenizer makes of texts: asked once for all of them, then told without waiting. */
@Injectable()
export class TokenCounter {
  constructor(@Inject(INFERENCE) private readonly inference: Inference) {}

  /** By the model's own tokenizer where inference serves it, else estimated. What was not asked about is estimated too. */
  async of(ctx: RequestContext, model: string, texts: readonly string[]): Promise<TextTokens> {
    const ends =
      model === '' || texts.length === 0 ? new Map<string, readonly number[]>() : await this.#ask(ctx, model, texts);
    return {
      count: (text) => ends.get(text)?.length ?? scaled(text, ends),
      cut: (text, tokens) => text.slice(0, cutAt(text, tokens, ends.get(text))),
    };
  }

  async #ask(ctx: RequestContext, model: string, texts: readonly string[]): Promise<Map<string, readonly number[]>> {
    try {
      const answer = await this.inference.tokenize(
        { ...ctx, deadlineMs: Date.now() + 5_000 },
        { model, texts: [...texts] },
      );
      return new Map(texts.map((text, i) => [text, answer.texts[i]!.ends]));
    } catch (error) {
      if (ctx.signal.aborted) throw error;
      return new Map();
    }
  }
}

/** An estimate, by how far estimates are off for the texts that the tokenizer was asked about. */
function scaled(text: string, ends: ReadonlyMap<string, readonly number[]>): number {
  let counted = 0;
  let estimated = 0;
  for (const [known, tokens] of ends) {
    counted += tokens.length;
    estimated += estimateTokens(known);
  }
  return Math.ceil(estimateTokens(text) * (estimated > 0 ? counted / estimated : 1));
}

function cutAt(text: string, tokens: number, ends: readonly number[] | undefined): number {
  if (ends) return ends[Math.min(tokens, ends.length) - 1] ?? 0;
  const share = Math.min(1, tokens / Math.max(1, estimateTokens(text)));
  return Math.floor(text.length * share);
}
