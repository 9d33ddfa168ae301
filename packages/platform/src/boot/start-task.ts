import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from '../logging/index.ts';

const firstRetryMs = 1_000;
const maxRetryMs = 30_000;

export interface TaskOptions {
  log: Logger;
  /** For the log: `retention`. */
  name: string;
  run: () => Promise<unknown>;
  /** From the end of a run to the next; without it one run that succeeds is all. */
  everyMs?: number;
}

/**
 * Runs something beside the calls, at once; a run that fails is tried again after 1 s, then ever later up to 30 s, so
 * what it needs may come after the service. Returns how to stop it, which waits for a run in progress.
 */
export function startTask({ log, name, run, everyMs }: TaskOptions): () => Promise<void> {
  const stopping = new AbortController();
  const { signal } = stopping;
  const pause = (ms: number) => sleep(ms, undefined, { signal }).catch(() => {});
  const loop = async () => {
    let retryMs = firstRetryMs;
    while (!signal.aborted) {
      try {
        await run();
        if (everyMs === undefined) return;
        retryMs = firstRetryMs;
        await pause(everyMs);
      } catch (error) {
        log.warn({ err: error, retryMs }, `${name} failed; trying again`);
        await pause(retryMs);
        retryMs = Math.min(retryMs * 2, maxRetryMs);
      }
    }
  };
  const done = loop();
  return async () => {
    stopping.abort();
    await done;
  };
}
