import { setTimeout as sleep } from 'node:timers/promises';

/** Waits until `probe` gives something other than undefined, false or null; its last error when it never does. */
export async function until<T>(probe: () => Promise<T> | T, timeoutMs = 15_000): Promise<NonNullable<T>> {
  const giveUp = Date.now() + timeoutMs;
  let failure: unknown = new Error(`nothing came within ${timeoutMs} ms`);
  while (Date.now() < giveUp) {
    try {
      const value = await probe();
      if (value !== undefined && value !== null && value !== false) return value as NonNullable<T>;
    } catch (error) {
      failure = error;
    }
    await sleep(50);
  }
  throw failure;
}
