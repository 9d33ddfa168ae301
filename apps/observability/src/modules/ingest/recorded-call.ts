import type { Call } from '@llmops/contracts/gateway/v1/call';
import { termsOf } from '../trace/index.ts';
import { type BuiltSpan, buildSpans, callName, modelOf } from './build-spans.ts';
import { payloadText, preview } from './payload-text.ts';

/** A call with what is computed from it before it is written. */
export interface RecordedCall {
  call: Call;
  /** Milliseconds since the epoch; the database keeps no finer time, so that page tokens are exact. */
  startMs: number;
  traceId: string;
  name: string;
  model: string;
  spans: BuiltSpan[];
  inputPreview: string;
  outputPreview: string;
  terms: number[];
}

/** Of each side of a call this many characters can be found again by their words. */
const searchedLength = 16_384;

export function recordCall(received: Call): RecordedCall {
  const call = { ...received, sessionId: indexable(received.sessionId), endUser: indexable(received.endUser) };
  const startMs = call.startTime ? Number(call.startTime.seconds) * 1000 + Math.floor(call.startTime.nanos / 1e6) : 0;
  const traceId = /^[\da-f]{32}$/.test(call.traceId) ? call.traceId : traceIdOf(call.id);
  const input = payloadText(call.inputJson, searchedLength);
  const output = payloadText(call.outputJson, searchedLength);
  return {
    call,
    startMs,
    traceId,
    name: callName(call),
    model: indexable(modelOf(call)),
    spans: buildSpans(call, traceId, startMs),
    inputPreview: preview(input.last),
    outputPreview: preview(output.full || call.errorMessage),
    terms: termsOf(`${input.full}\n${output.full}`),
  };
}

/** The length that the contract's filters have, without what Postgres leaves out: equal here is equal there. */
const indexable = (text: string): string => text.slice(0, 200).replaceAll('\0', '').toWellFormed();

/** A trace of its own for a call that came without a valid one. */
const traceIdOf = (callId: string): string => Buffer.from(callId).toString('hex').slice(-32).padStart(32, '0');
