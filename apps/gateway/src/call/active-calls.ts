import { setTimeout as sleep } from 'node:timers/promises';
import type { Call } from './call.ts';

const cutOffMs = 2_000;

/** The calls under way, until their last byte is out, so that a gateway that stops can end the long ones properly: told to the caller, and recorded. */
export class ActiveCalls {
  readonly #calls = new Set<Call>();

  add(call: Call): void {
    this.#calls.add(call);
  }

  delete(call: Call): void {
    this.#calls.delete(call);
  }

  /** Waits for the calls to end; after `patienceMs` the rest are ended with `gateway.shutting_down`. */
  async drain(patienceMs: number): Promise<void> {
    const giveUp = Date.now() + patienceMs;
    while (this.#calls.size > 0 && Date.now() < giveUp) await sleep(20);
    for (const call of this.#calls) call.end('shutting_down');
    // Not for ever: a client may not read what it is sent.
    const cutOff = Date.now() + cutOffMs;
    while (this.#calls.size > 0 && Date.now() < cutOff) await sleep(20);
  }
}
