import { ApiError, apiErrorOf } from './api-error.ts';
import type { HttpRequest } from './http-request.ts';

export interface ClientOptions {
  /** Origin of the gateway, `http://127.0.0.1:7070`; empty for the page's own. */
  baseUrl: string;
  /** Sent as a bearer token. Without one the browser's session cookie speaks for the caller. */
  apiKey?: string | undefined;
  fetch?: typeof fetch | undefined;
}

export interface CallOptions {
  signal?: AbortSignal | undefined;
}

/** Sends one request. Throws ApiError for any answer that is not 2xx, and the signal's reason when it aborted. */
export async function send(
  options: ClientOptions,
  request: HttpRequest,
  accept: string,
  call: CallOptions,
): Promise<Response> {
  const doFetch = options.fetch ?? fetch;
  const response = await doFetch(options.baseUrl.replace(/\/$/, '') + request.path, {
    method: request.method,
    headers: headersOf(options, request, accept),
    body: request.body ?? null,
    signal: call.signal ?? null,
  }).catch((cause: unknown) => {
    if (call.signal?.aborted) throw call.signal.reason;
    throw new ApiError({
      status: 0,
      code: 'sdk.unreachable',
      title: 'The server cannot be reached',
      detail: `No answer from ${options.baseUrl || 'the server'}. Is it running?`,
      cause,
    });
  });
  if (!response.ok) throw await apiErrorOf(response);
  return response;
}

function headersOf(options: ClientOptions, request: HttpRequest, accept: string): Record<string, string> {
  const headers: Record<string, string> = { accept };
  if (request.contentType !== undefined) headers['content-type'] = request.contentType;
  if (options.apiKey) headers['authorization'] = `Bearer ${options.apiKey}`;
  // Another site's form cannot set a header: the edge asks for this one before it lets a cookie change anything.
  else headers['x-llmops-csrf'] = '1';
  return headers;
}
