/** A sequence of the context, as far as choosing one needs it. */
export interface Slot {
  /** Tokens whose state it holds, compared with a prompt. */
  commonPrefix(tokens: readonly number[]): number;
  readonly length: number;
}

/**
 * Hands out free slots: the one that holds the longest beginning of the prompt, so that a conversation goes on where it
 * was; among equals the one with least to lose, then the one unused for longest.
 */
export class SlotPool<S extends Slot> {
  private readonly free: S[];
  private readonly waiting: (() => void)[] = [];

  constructor(slots: readonly S[]) {
    this.free = [...slots];
  }

  async acquire(tokens: readonly number[]): Promise<S> {
    while (this.free.length === 0) await new Promise<void>((resolve) => this.waiting.push(resolve));
    let best = 0;
    let bestPrefix = -1;
    for (const [i, slot] of this.free.entries()) {
      const prefix = slot.commonPrefix(tokens);
      const better = prefix > bestPrefix || (prefix === bestPrefix && slot.length < this.free[best]!.length);
      if (better) [best, bestPrefix] = [i, prefix];
    }
    return this.free.splice(best, 1)[0]!;
  }

  release(slot: S): void {
    this.free.push(slot);
    this.waiting.shift()?.();
  }
}
