import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from '@llmops/platform';

const intervalMs = 600_000;
const firstRetryMs = 2_000;

/** Runs `work` at once and every ten minutes; a failed run is tried again soon. Returns how to stop and wait for it. */
export function startUpkeep(log: Logger, work: () => Promise<void>): () => Promise<void> {
  const stopping = new AbortController();
  const { signal } = stopping;
  const run = async () => {
    let retryMs = firstRetryMs;
    while (!signal.aborted) {
      try {
        await work();
        retryMs = firstRetryMs;
        await sleep(intervalMs, undefined, { signal }).catch(() => {});
      } catch (error) {
        log.warn({ err: error, retryMs }, 'upkeep failed; trying again');
        await sleep(retryMs, undefined, { signal }).catch(() => {});
        retryMs = Math.min(retryMs * 2, intervalMs);
      }
    }
  };
  const done = run();
  return async () => {
    stopping.abort();
    await done;
  };
}
