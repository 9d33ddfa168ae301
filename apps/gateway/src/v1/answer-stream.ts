import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { SSE_DONE, UpstreamError } from '@llmops/llm-protocol';
import type { Call } from '../call/call.ts';
import type { StreamFrame, Upstream } from '../upstream/upstream.ts';
import type { CallDependencies } from './call-dependencies.ts';
import { estimateUsage } from './estimate-usage.ts';
import { StreamRecord } from './stream-record.ts';

const headers = {
  'content-type': 'text/event-stream; charset=utf-8',
  'cache-control': 'no-cache, no-transform',
  // Proxies that buffer would hold the tokens back.
  'x-accel-buffering': 'no',
};

/**
 * A streamed answer: each frame leaves as it comes, 1:1. The end mark leaves when the record is durable. Nothing is
 * written before the first frame is there, so that an error up to then is a plain HTTP error.
 */
export async function answerStream(
  { recorder }: CallDependencies,
  upstream: Upstream,
  call: Call,
  request: object,
  response: ServerResponse,
): Promise<void> {
  const record = new StreamRecord();
  let endMark: Buffer | string | undefined;
  const send = ({ raw, says, done }: StreamFrame): Promise<void> | undefined => {
    if (done) {
      endMark = raw;
      return undefined;
    }
    if (says !== undefined) record.push(says);
    if (raw.length === 0) return undefined;
    call.tokenLeft();
    if (!response.headersSent) response.writeHead(200, { ...call.responseHeaders(), ...headers });
    return response.write(raw) ? undefined : drained(response, call.signal);
  };
  try {
    await upstream.stream(call, request, send);
  } finally {
    record.describe(call);
  }
  // Some upstreams never send the mark; a finish reason says as well that the answer is whole.
  if (endMark === undefined && call.finishReason === '') {
    throw new UpstreamError('protocol', 'The upstream ended its stream without its end mark.');
  }
  if (!call.usage) estimateUsage(call);
  await recorder.record(call);
  if (!response.headersSent) response.writeHead(200, { ...call.responseHeaders(), ...headers });
  response.end(endMark || SSE_DONE);
}

/** A client that reads slowly holds the upstream back; one that leaves frees both. */
const drained = async (response: ServerResponse, signal: AbortSignal): Promise<void> => {
  await once(response, 'drain', { signal }).catch(() => {});
};
