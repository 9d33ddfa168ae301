import { setTimeout as sleep } from 'node:timers/promises';
import { isOutage } from '@llmops/db';
import { isAppError } from '@llmops/platform/errors';

/** Whether the same work will succeed later: what it needs is away, not there yet, or has too much to do. */
export function isPassing(error: unknown): boolean {
  if (!isAppError(error)) return isOutage(error);
  const { category, code } = error;
  return category === 'unavailable' || category === 'exhausted' || code === 'inference.model_not_found';
}

const firstMs = 200;
const mostMs = 5_000;

/** Tries again while what the work needs is away, for `patienceMs`; then throws what stood in the way. */
export async function throughAbsence<T>(work: () => Promise<T>, patienceMs: number, signal: AbortSignal): Promise<T> {
  const giveUp = Date.now() + patienceMs;
  for (let backoffMs = firstMs; ; backoffMs = Math.min(backoffMs * 2, mostMs)) {
    try {
      return await work();
    } catch (error) {
      signal.throwIfAborted();
      if (!isPassing(error)) throw error;
      const asked = (isAppError(error) && error.retryAfterMs) || 0;
      const waitMs = Math.max(asked, backoffMs * (0.5 + Math.random()));
      if (Date.now() + waitMs > giveUp) throw error;
      await sleep(waitMs, undefined, { signal });
    }
  }
}
