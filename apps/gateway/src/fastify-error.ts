import type { FastifyError } from 'fastify';

/** What the HTTP layer itself refuses, before any handler: status, code and a message that names the fix. */
export interface HttpRefusal {
  status: number;
  code: string;
  message: string;
}

/** Undefined for errors that are not of the HTTP layer. */
export function httpRefusal(error: unknown, maxBodyBytes: number): HttpRefusal | undefined {
  const { code, statusCode } = error as Partial<FastifyError>;
  if (code === 'FST_ERR_CTP_BODY_TOO_LARGE') {
    const message = `body: larger than the ${maxBodyBytes} bytes that are taken. Send less, or in several requests.`;
    return { status: 413, code: 'gateway.body_too_large', message };
  }
  if (code === 'FST_ERR_CTP_INVALID_MEDIA_TYPE') {
    const message = 'content-type: only application/json is taken here.';
    return { status: 415, code: 'gateway.media_type', message };
  }
  if (typeof code !== 'string' || !code.startsWith('FST_') || statusCode === undefined || statusCode >= 500)
    return undefined;
  return { status: statusCode, code: 'gateway.bad_request', message: (error as Error).message };
}
