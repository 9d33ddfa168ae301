import { isAppError } from '@llmops/platform/errors';
import { Agent, type Dispatcher, request } from 'undici';
import { itemInvalid, originFailed } from './connector.errors.ts';
import { guardedLookup, type NetworkPolicy, resolveAllowed } from './network.ts';

export interface HttpAnswer {
  /** After redirects. */
  url: URL;
  status: number;
  headers: Record<string, string | string[] | undefined>;
  body: Dispatcher.ResponseData['body'];
}

export interface HttpRequest {
  headers?: Record<string, string>;
  signal: AbortSignal;
}

const maxRedirects = 5;
const timeoutMs = 30_000;
const userAgent = 'llmops-sources/1 (+self-hosted)';

/** HTTP to hosts that a tenant named: every connection, also behind a redirect, goes to an address that is allowed. */
export class GuardedHttp {
  readonly #agent: Agent;

  constructor(private readonly policy: NetworkPolicy) {
    this.#agent = new Agent({
      connect: { lookup: guardedLookup(policy), timeout: 10_000 },
      headersTimeout: timeoutMs,
      bodyTimeout: timeoutMs,
    });
  }

  /** Follows redirects; `mayFollow` is asked about each. The body must be read or dumped. */
  async get(start: URL, { headers = {}, signal }: HttpRequest, mayFollow = (_: URL) => true): Promise<HttpAnswer> {
    let url = start;
    for (let hops = 0; ; hops += 1) {
      const answer = await this.#one(url, { 'user-agent': userAgent, ...headers }, signal);
      const target = redirectOf(url, answer);
      if (!target) return answer;
      await answer.body.dump();
      if (hops === maxRedirects) throw originFailed(`${start.href}: more than ${maxRedirects} redirects.`);
      if (!mayFollow(target)) throw originFailed(`${start.href}: leads away, to ${target.href}.`);
      url = target;
    }
  }

  close(): Promise<void> {
    return this.#agent.destroy();
  }

  async #one(url: URL, headers: Record<string, string>, signal: AbortSignal): Promise<HttpAnswer> {
    if (url.protocol !== 'http:' && url.protocol !== 'https:')
      throw originFailed(`${url.href}: only http and https are read.`);
    try {
      // An address that is written out is never looked up.
      await resolveAllowed(url.hostname, this.policy);
      const { statusCode, headers: got, body } = await request(url, { dispatcher: this.#agent, headers, signal });
      return { url, status: statusCode, headers: got, body };
    } catch (error) {
      signal.throwIfAborted();
      if (isAppError(error)) throw error;
      const cause = (error as Error).cause;
      if (isAppError(cause)) throw cause;
      throw originFailed(`${url.href}: ${(error as Error).message}`, error);
    }
  }
}

function redirectOf(from: URL, { status, headers }: HttpAnswer): URL | undefined {
  const location = headers['location'];
  if (![301, 302, 303, 307, 308].includes(status) || typeof location !== 'string') return undefined;
  return URL.canParse(location, from.href) ? new URL(location, from) : undefined;
}

/** Throws `data.item_invalid` for a longer one, `data.origin_failed` for one that breaks off. */
export async function wholeBody({ url, body }: HttpAnswer, maxBytes: number): Promise<Buffer> {
  const pieces: Buffer[] = [];
  let size = 0;
  try {
    for await (const piece of body as AsyncIterable<Buffer>) {
      size += piece.length;
      if (size > maxBytes) throw itemInvalid(`${url.href}: is larger than ${maxBytes >> 20} MiB.`);
      pieces.push(piece);
    }
  } catch (error) {
    if (isAppError(error)) throw error;
    throw originFailed(`${url.href}: ${(error as Error).message}`, error);
  }
  return Buffer.concat(pieces);
}
