import type { OpenAiErrorBody } from './error.ts';

/**
 * - `connect`: nothing was sent (refused, unknown host, TLS, connect timeout, client closed): safe to send elsewhere
 * - `timeout`: no headers, or no next byte of the body, within the limit
 * - `status`: answered, not 2xx
 * - `protocol`: the connection broke after the request had started, or the bytes are not HTTP, or too many
 * - `aborted`: by the caller
 */
export type UpstreamErrorKind = 'connect' | 'timeout' | 'status' | 'protocol' | 'aborted';

/** Why a call to an upstream failed. The message never contains the upstream's headers or our key. */
export class UpstreamError extends Error {
  override readonly name = 'UpstreamError';
  readonly kind: UpstreamErrorKind;
  /** With `status`. */
  readonly status: number | undefined;
  /** With `status`: the upstream's error, put in OpenAI's form. */
  readonly body: OpenAiErrorBody | undefined;
  /** With `status`, when the upstream said so. */
  readonly retryAfterMs: number | undefined;

  constructor(
    kind: UpstreamErrorKind,
    message: string,
    details: { status?: number; body?: OpenAiErrorBody; retryAfterMs?: number | undefined; cause?: unknown } = {},
  ) {
    super(message, { cause: details.cause });
    this.kind = kind;
    this.status = details.status;
    this.body = details.body;
    this.retryAfterMs = details.retryAfterMs;
  }
}

/** Classifies what undici reports; `started` is whether any byte of the request may have left. */
export function toUpstreamError(error: unknown, started: boolean): UpstreamError {
  if (error instanceof UpstreamError) return error;
  const code = codeOf(error);
  const cause = { cause: error };
  if (!started) return new UpstreamError('connect', `The upstream cannot be reached (${code}).`, cause);
  if (code === 'UND_ERR_HEADERS_TIMEOUT') {
    return new UpstreamError('timeout', 'The upstream did not answer in time.', cause);
  }
  if (code === 'UND_ERR_BODY_TIMEOUT') {
    return new UpstreamError('timeout', 'The upstream stopped sending in the middle of its answer.', cause);
  }
  return new UpstreamError('protocol', `The connection to the upstream broke (${code}).`, cause);
}

function codeOf(error: unknown): string {
  const code = (error as { code?: unknown } | null)?.code;
  return typeof code === 'string' ? code : 'unknown';
}
