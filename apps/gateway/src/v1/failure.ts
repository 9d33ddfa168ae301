import { InvalidRequestError, type OpenAiErrorBody, openAiErrorBody, UpstreamError } from '@llmops/llm-protocol';
import { AppError, httpStatusOf, isAppError, toOpenAiError } from '@llmops/platform/errors';

import type { Call, EndReason } from '../call/call.ts';
import { httpRefusal } from '../http-refusal.ts';

/** A failed call as the client is told of it. */
export interface Failure {
  status: number;
  body: OpenAiErrorBody;
  retryAfterMs: number | undefined;
  /** Ours to log: nothing the caller could mend. */
  unexpected: boolean;
}

/** The OpenAI form of whatever went wrong. An upstream's own answer is passed on; a refusal of our key is not the caller's. */
export function failureOf(error: unknown, requestId: string): Failure {
  const refusal = httpRefusal(error);
  if (refusal) {
    const { status, code, message } = refusal;
    const body = openAiErrorBody({ message, type: 'invalid_request_error', param: null, code });
    return { status, body, retryAfterMs: undefined, unexpected: false };
  }
  if (error instanceof InvalidRequestError) {
    return { status: 400, body: error.toBody(), retryAfterMs: undefined, unexpected: false };
  }
  if (error instanceof UpstreamError && isForCaller(error)) {
    const { status = 502, retryAfterMs } = error;
    return { status, body: error.body ?? upstreamBody(error), retryAfterMs, unexpected: false };
  }
  const known = error instanceof UpstreamError ? ofUpstream(error) : error;
  const status = isAppError(known) ? httpStatusOf(known.category) : 500;
  const retryAfterMs = isAppError(known) ? known.retryAfterMs : undefined;
  const unexpected = !isAppError(known) || known.category === 'internal';
  return { status, body: toOpenAiError(known, requestId), retryAfterMs, unexpected };
}

/** An upstream's refusal of what the caller sent, or its own failure. A redirect is neither, and leads where it should not. */
const isForCaller = ({ kind, status = 0 }: UpstreamError): boolean =>
  kind === 'status' && status >= 400 && status !== 401 && status !== 403;

/** The error of a call that was ended from outside; undefined for one that failed by itself. */
export function endedFromOutside({ endedBy, timeoutMs }: Call): AppError | undefined {
  if (endedBy === undefined) return undefined;
  const seconds = Math.round(timeoutMs / 1000);
  const messages: Record<EndReason, string> = {
    client_left: 'The client closed the connection before the answer was complete.',
    timeout: `The call took longer than the ${seconds} s a call may take.`,
    shutting_down: 'The gateway is restarting and could not finish the answer. Try again.',
  };
  return new AppError({ code: `gateway.${endedBy}`, category: 'unavailable', message: messages[endedBy] });
}

const upstreamBody = (error: UpstreamError) =>
  openAiErrorBody({ message: error.message, type: 'server_error', param: null, code: 'gateway.upstream_failed' });

function ofUpstream(error: UpstreamError): AppError {
  const isRedirect = error.kind === 'status' && error.status! < 400;
  const code = codes[isRedirect ? 'protocol' : error.kind];
  return new AppError({ code, category: 'unavailable', message: error.message, cause: error });
}

const codes: Record<UpstreamError['kind'], string> = {
  connect: 'gateway.upstream_unreachable',
  timeout: 'gateway.upstream_timeout',
  protocol: 'gateway.upstream_broke',
  aborted: 'gateway.cancelled',
  status: 'gateway.upstream_refused_key',
};
