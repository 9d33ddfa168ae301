import type { FastifyError } from 'fastify';

/** What the HTTP layer itself refuses, before any handler: status, code and a message that names the fix. */
export interface HttpRefusal {
  status: number;
  code: string;
  message: string;
}

export const bodyTooLarge = (maxBodyBytes: number): HttpRefusal => ({
  status: 413,
  code: 'gateway.body_too_large',
  message: `body: larger than the ${maxBodyBytes} bytes that are taken. Send less, or in several requests.`,
});

export const wrongMediaType = (): HttpRefusal => ({
  status: 415,
  code: 'gateway.media_type',
  message: 'content-type: only application/json is taken here.',
});

export const wrongContentEncoding = (): HttpRefusal => ({
  status: 415,
  code: 'gateway.media_type',
  message: 'content-encoding: compressed bodies are not taken here. Send the JSON as it is.',
});

/** A refusal as an error, for Fastify's way of reporting one. */
export class RefusedRequest extends Error {
  constructor(readonly refusal: HttpRefusal) {
    super(refusal.message);
  }
}

/** The refusal behind an error; undefined for errors that are not of the HTTP layer. */
export function httpRefusal(error: unknown): HttpRefusal | undefined {
  if (error instanceof RefusedRequest) return error.refusal;
  const { code, statusCode } = error as Partial<FastifyError>;
  if (code === 'FST_ERR_CTP_INVALID_MEDIA_TYPE') return wrongMediaType();
  if (typeof code !== 'string' || !code.startsWith('FST_') || statusCode === undefined || statusCode >= 500)
    return undefined;
  return { status: statusCode, code: 'gateway.bad_request', message: (error as Error).message };
}
