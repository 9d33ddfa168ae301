import type { ServerResponse } from 'node:http';
import { encodeSseData } from '@llmops/llm-protocol';
import type { Call } from '../call/call.ts';
import type { CallDependencies } from './call-dependencies.ts';
import { estimateUsage } from './estimate-usage.ts';
import { endedFromOutside, failureOf } from './failure.ts';

/**
 * Ends a call that failed or whose client left. Before the first byte that is an HTTP error; after it a typed error
 * event and no end mark. Whatever was generated is recorded, with its usage.
 */
export async function failCall(
  { recorder, log }: CallDependencies,
  call: Call,
  error: unknown,
  response: ServerResponse,
): Promise<void> {
  const failure = failureOf(endedFromOutside(call) ?? error, call.id);
  const { message, code } = failure.body.error;
  const clientLeft = call.endedBy === 'client_left';
  if (failure.unexpected) log.error({ err: error, call: call.id }, 'call failed');
  call.status = clientLeft ? 'STATUS_CANCELLED' : 'STATUS_ERROR';
  call.httpStatus = clientLeft ? 499 : failure.status;
  call.errorCode = code ?? '';
  call.errorMessage = message;
  if (!call.usage && call.outputText !== '') estimateUsage(call);
  // The caller is told of the failure it had, also when that cannot be recorded.
  const recorded = recorder.record(call).catch((cause: unknown) => {
    log.error({ err: cause, call: call.id }, 'record lost');
  });
  // Who has already waited for a record in vain is told at once; what its call cost is tried again all the same.
  if (code !== 'platform.not_recorded') await recorded;
  if (clientLeft) return;
  if (response.headersSent) {
    response.end(encodeSseData(JSON.stringify(failure.body)));
    return;
  }
  const body = JSON.stringify(failure.body);
  response.writeHead(failure.status, {
    ...call.responseHeaders(),
    ...(failure.retryAfterMs === undefined ? {} : { 'retry-after': String(Math.ceil(failure.retryAfterMs / 1000)) }),
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(body),
  });
  response.end(body);
}
