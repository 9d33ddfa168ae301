import type { LlamaContextSequence, Token } from 'node-llama-cpp';
import type { Gate } from './gate.ts';
import type { Slot } from './slots.ts';

/** Tokens a prefill step may take: an abort and the other streams wait for at most one step. */
const MIN_STEP_TOKENS = 32;

/** One sequence of the shared context: what it computed stays until another prompt needs the place. */
export class SequenceSlot implements Slot {
  constructor(
    readonly sequence: LlamaContextSequence,
    private readonly gate: Gate,
    private readonly batchTokens: number,
  ) {}

  get length(): number {
    return this.sequence.nextTokenIndex;
  }

  commonPrefix(tokens: readonly number[]): number {
    return this.sequence.compareContextTokens(tokens as Token[]).firstDifferentIndex;
  }

  /** Keeps the state that `tokens` begins with, drops the rest. The last token is always computed anew. */
  async keepPrefix(tokens: readonly Token[]): Promise<number> {
    const keep = Math.min(this.commonPrefix(tokens), tokens.length - 1);
    const end = this.sequence.nextTokenIndex;
    if (keep < end) {
      await this.gate.exclusively(() => this.sequence.eraseContextTokenRanges([{ start: keep, end }]));
    }
    // Erasing may have had to drop more, where the architecture keeps no separate state for each token.
    return Math.min(keep, this.sequence.nextTokenIndex);
  }

  /** Computes `tokens` but the last step, which the caller samples from; undefined when aborted. */
  async prefill(
    tokens: readonly Token[],
    sharedBy: () => number,
    aborted: () => boolean,
    progress: (tokens: number) => void,
  ): Promise<Token[] | undefined> {
    let at = 0;
    for (;;) {
      if (aborted()) return undefined;
      const step = Math.max(MIN_STEP_TOKENS, Math.floor(this.batchTokens / Math.max(1, sharedBy())));
      if (tokens.length - at <= step) return tokens.slice(at);
      await this.gate.pending;
      await this.sequence.evaluateWithoutGeneratingNewTokens(tokens.slice(at, at + step));
      at += step;
      progress(step);
    }
  }

  async clear(): Promise<void> {
    await this.gate.exclusively(() => this.sequence.clearHistory());
  }
}
