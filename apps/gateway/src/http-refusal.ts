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

/** The refusal behind an error of Fastify's; undefined for errors that are not of the HTTP layer. */
export function httpRefusal(error: unknown, maxBodyBytes: number): HttpRefusal | undefined {
  const { code, statusCode } = error as Partial<FastifyError>;
  if (code === 'FST_ERR_CTP_BODY_TOO_LARGE') return bodyTooLarge(maxBodyBytes);
  if (code === 'FST_ERR_CTP_INVALID_MEDIA_TYPE') return wrongMediaType();
  if (typeof code !== 'string' || !code.startsWith('FST_') || statusCode === undefined || statusCode >= 500)
    return undefined;
  return { status: statusCode, code: 'gateway.bad_request', message: (error as Error).message };
}
