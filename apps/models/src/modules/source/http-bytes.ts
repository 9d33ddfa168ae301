import { setTimeout as sleep } from 'node:timers/promises';
import { SourceError } from './source-error.ts';

export interface HttpOptions {
  /** Tries in a row without a new byte before the source is given up. */
  maxTries?: number;
  firstBackoffMs?: number;
  /** A connection that gives nothing for so long is cut and made again. */
  stallMs?: number;
}

const defaults = { maxTries: 6, firstBackoffMs: 500, stallMs: 60_000 };
const maxBackoffMs = 15_000;

/**
 * The bytes of a URL from offset `from`. Redirects are followed. A cut or stalled connection goes on with a Range request
 * where it ended; a server that ignores Range is read from the start and what is known is skipped.
 */
export async function* httpBytes(
  url: string,
  from: number,
  signal: AbortSignal,
  options: HttpOptions = {},
): AsyncGenerator<Uint8Array> {
  const { maxTries, firstBackoffMs, stallMs } = { ...defaults, ...options };
  let position = from;
  let failed = 0;
  while (true) {
    try {
      for await (const chunk of oneTry(url, position, signal, stallMs)) {
        position += chunk.length;
        failed = 0;
        yield chunk;
      }
      return;
    } catch (error) {
      signal.throwIfAborted();
      if (error instanceof SourceError) throw error;
      failed += 1;
      if (failed >= maxTries) throw new SourceError(`${describe(error)}, ${failed} times in a row`, { cause: error });
      await sleep(Math.min(firstBackoffMs * 2 ** (failed - 1), maxBackoffMs), undefined, { signal });
    }
  }
}

async function* oneTry(url: string, from: number, signal: AbortSignal, stallMs: number): AsyncGenerator<Uint8Array> {
  const stalled = new AbortController();
  const timer = setTimeout(() => stalled.abort(new Error(`no byte for ${stallMs} ms`)), stallMs);
  try {
    const response = await fetch(url, {
      signal: AbortSignal.any([signal, stalled.signal]),
      // Bytes as they are: Content-Length and Range speak of these.
      headers: { 'accept-encoding': 'identity', ...(from > 0 ? { range: `bytes=${from}-` } : {}) },
    });
    let skip = toSkip(response, from);
    let received = 0;
    for await (const chunk of response.body ?? []) {
      timer.refresh();
      received += chunk.length;
      const rest = chunk.subarray(Math.min(skip, chunk.length));
      skip -= chunk.length - rest.length;
      if (rest.length > 0) yield rest;
    }
    const promised = Number(response.headers.get('content-length') ?? received);
    if (received < promised) throw new Error(`the answer ended after ${received} of ${promised} bytes`);
  } finally {
    clearTimeout(timer);
    // Also when the reader stops early: the connection must not go on sending.
    stalled.abort();
  }
}

/** How much of the answer is known already. Throws what decides whether another try makes sense. */
function toSkip(response: Response, from: number): number {
  const { status } = response;
  if (status === 206) {
    const start = /^bytes (\d+)-/.exec(response.headers.get('content-range') ?? '')?.[1];
    if (Number(start) !== from) throw new SourceError(`asked for bytes from ${from}, was given ${start}`);
    return 0;
  }
  if (status === 200) return from;
  const message = `the server answered ${status}`;
  if (status === 408 || status === 429 || status >= 500) throw new Error(message);
  throw new SourceError(message);
}

const describe = (error: unknown): string => {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? `${error.message} (${error.cause.message})` : error.message;
};
