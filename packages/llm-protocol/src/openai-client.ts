import { lookup } from 'node:dns';
import type { IncomingHttpHeaders } from 'node:http';
import type { LookupFunction } from 'node:net';
import { Pool } from 'undici';
import { parseErrorBody } from './error-body.ts';
import { readRetryAfterMs } from './retry-after.ts';
import { UpstreamError } from './upstream-error.ts';
import { UpstreamExchange, type UpstreamResponse } from './upstream-exchange.ts';

export interface UpstreamOptions {
  /** With its version: `https://api.openai.com/v1`, `http://127.0.0.1:8080/v1`. */
  baseUrl: string;
  /** Sent as a bearer token. */
  apiKey?: string | undefined;
  /** Sent with every request, `{'api-version': '…'}`. */
  headers?: Record<string, string>;
  /** Asked of every address that the host's name leads to, each time a connection is made. Default: all are allowed. */
  allowsAddress?: ((address: string) => boolean) | undefined;
  /** Default 5 s. */
  connectTimeoutMs?: number;
  /** To the first byte of the answer, which for an answer not streamed is all of it. Default 5 min. */
  headersTimeoutMs?: number;
  /** Between two pieces of the body. Default 2 min. */
  bodyTimeoutMs?: number;
  /** Connections to the upstream, each with one request at a time; more requests wait. Default 256. */
  maxConnections?: number;
}

export interface UpstreamRequestOptions {
  signal?: AbortSignal | undefined;
  headers?: Record<string, string>;
}

/** A client of one OpenAI-compatible upstream; keeps its connections. */
export interface Upstream {
  /** `path` is below the base URL, `/chat/completions`. Not 2xx rejects with `UpstreamError` of kind `status`. */
  post(path: string, body: string | Buffer, options?: UpstreamRequestOptions): Promise<UpstreamResponse>;
  get(path: string, options?: UpstreamRequestOptions): Promise<UpstreamResponse>;
  /** Waits for the requests under way. */
  close(): Promise<void>;
  /** Breaks off the requests under way. */
  destroy(): Promise<void>;
}

const MAX_ERROR_BYTES = 64 * 1024;

/**
 * Makes a client for an OpenAI-compatible upstream. It never retries and follows no redirect; the caller decides, by
 * `UpstreamError.kind`. Throws TypeError for a base URL that is none.
 */
export function createUpstream(options: UpstreamOptions): Upstream {
  const url = new URL(options.baseUrl);
  const basePath = url.pathname.replace(/\/+$/, '');
  const pool = new Pool(url.origin, {
    connections: options.maxConnections ?? 256,
    pipelining: 1,
    allowH2: false,
    connect: {
      timeout: options.connectTimeoutMs ?? 5_000,
      ...(options.allowsAddress ? { lookup: lookupAllowed(options.allowsAddress) } : {}),
    },
    headersTimeout: options.headersTimeoutMs ?? 300_000,
    bodyTimeout: options.bodyTimeoutMs ?? 120_000,
  });
  const common: Record<string, string> = { ...options.headers };
  if (options.apiKey) common['authorization'] = `Bearer ${options.apiKey}`;
  const posted = { ...common, 'content-type': 'application/json' };

  async function send(
    method: 'GET' | 'POST',
    path: string,
    body: string | Buffer | null,
    request: UpstreamRequestOptions,
  ): Promise<UpstreamResponse> {
    const base = body === null ? common : posted;
    const headers = request.headers === undefined ? base : { ...base, ...request.headers };
    const exchange = new UpstreamExchange(request.signal);
    if (!exchange.cancelled) pool.dispatch({ method, path: basePath + path, headers, body }, exchange);
    const response = await exchange.answer;
    if (response.status >= 200 && response.status < 300) return response;
    throw await statusError(response, options.apiKey);
  }

  return {
    post: (path, body, request = {}) => send('POST', path, body, request),
    get: (path, request = {}) => send('GET', path, null, request),
    close: () => pool.close(),
    destroy: () => pool.destroy(),
  };
}

/**
 * Names are looked up when connecting, so a name that led to an allowed address when it was checked may lead elsewhere by
 * now. Addresses in place of a name are not looked up.
 */
function lookupAllowed(allows: (address: string) => boolean): LookupFunction {
  return (hostname, options, callback) => {
    lookup(hostname, { ...options, all: true }, (error, found) => {
      const allowed = error ? [] : found.filter(({ address }) => allows(address));
      const failure = error ?? (allowed.length === 0 ? notAllowed(hostname) : null);
      if (failure || options.all) callback(failure, allowed);
      else callback(null, allowed[0]!.address, allowed[0]!.family);
    });
  };
}

const notAllowed = (hostname: string) =>
  Object.assign(new Error(`${hostname} leads to an address that is not allowed`), { code: 'ADDRESS_NOT_ALLOWED' });

async function statusError(response: UpstreamResponse, apiKey: string | undefined): Promise<UpstreamError> {
  const { status } = response;
  const text = await readErrorText(response);
  // Some servers quote the key they refuse.
  const body = parseErrorBody(status, apiKey ? text.replaceAll(apiKey, '[redacted]') : text);
  return new UpstreamError('status', `The upstream answered ${status}: ${body.error.message}`, {
    status,
    body,
    retryAfterMs: readRetryAfterMs(response.headers as Record<string, string | string[] | undefined>),
  });
}

// The status is what counts: an error page that is too long or breaks off must not hide it.
async function readErrorText(response: {
  headers: IncomingHttpHeaders;
  body: UpstreamResponse['body'];
}): Promise<string> {
  try {
    return (await response.body.bytes(MAX_ERROR_BYTES)).toString('utf8');
  } catch (error) {
    if (error instanceof UpstreamError && error.kind === 'aborted') throw error;
    return '';
  }
}
