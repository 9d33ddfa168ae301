import { setTimeout as sleep } from 'node:timers/promises';

/** Tells the worker that there may be work: it looks at once and not only at its next turn. */
export class WakeUp {
  #woken = new AbortController();

  wake(): void {
    this.#woken.abort();
  }

  /** Resolves when woken, after `ms`, or when `signal` aborts. */
  async wait(ms: number, signal: AbortSignal): Promise<void> {
    await sleep(ms, undefined, { signal: AbortSignal.any([this.#woken.signal, signal]) }).catch(() => {});
    if (this.#woken.signal.aborted) this.#woken = new AbortController();
  }
}
