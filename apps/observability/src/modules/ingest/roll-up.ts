import { Call_Status } from '@llmops/contracts/gateway/v1/call';
import { BUCKETS, bucketOf } from '../metrics/index.ts';
import type { RecordedCall } from './recorded-call.ts';
import { inputTokensOf, outputTokensOf } from './tokens.ts';

export interface MetricDelta {
  projectId: string;
  widthS: number;
  /** Milliseconds since the epoch. */
  timeMs: number;
  model: string;
  requests: number;
  errors: number;
  cancelled: number;
  inputTokens: number;
  outputTokens: number;
  durationCounts: number[];
  timeToFirstTokenCounts: number[];
}

export interface SessionDelta {
  projectId: string;
  id: string;
  startMs: number;
  lastMs: number;
  traceCount: number;
  errorCount: number;
  totalTokens: number;
  costNanoUsd: bigint;
  endUser: string;
}

/** What calls add to the minute and hour metrics; in the order of their keys, so that replicas lock rows alike. */
export function metricDeltas(calls: readonly RecordedCall[]): MetricDelta[] {
  const deltas = new Map<string, MetricDelta>();
  for (const { call, startMs, model } of calls) {
    for (const widthS of [60, 3_600]) {
      const timeMs = Math.floor(startMs / (widthS * 1000)) * widthS * 1000;
      const key = `${call.project}\n${widthS}\n${timeMs}\n${model}`;
      let delta = deltas.get(key);
      if (!delta) {
        delta = emptyDelta(call.project, widthS, timeMs, model);
        deltas.set(key, delta);
      }
      delta.requests += 1;
      if (call.status === Call_Status.ERROR) delta.errors += 1;
      if (call.status === Call_Status.CANCELLED) delta.cancelled += 1;
      if (call.usage) {
        delta.inputTokens += inputTokensOf(call.usage);
        delta.outputTokens += outputTokensOf(call.usage);
      }
      delta.durationCounts[bucketOf(call.durationMs)]! += 1;
      if (call.timeToFirstTokenMs > 0) delta.timeToFirstTokenCounts[bucketOf(call.timeToFirstTokenMs)]! += 1;
    }
  }
  return inKeyOrder(deltas);
}

/** What calls add to their sessions, in the order of their keys. */
export function sessionDeltas(calls: readonly RecordedCall[]): SessionDelta[] {
  const deltas = new Map<string, SessionDelta>();
  for (const { call, startMs } of calls) {
    if (call.sessionId === '') continue;
    const key = `${call.project}\n${call.sessionId}`;
    const tokens = call.usage ? inputTokensOf(call.usage) + outputTokensOf(call.usage) : 0;
    const known = deltas.get(key);
    deltas.set(key, {
      projectId: call.project,
      id: call.sessionId,
      startMs: Math.min(known?.startMs ?? startMs, startMs),
      lastMs: Math.max(known?.lastMs ?? startMs, startMs),
      traceCount: (known?.traceCount ?? 0) + 1,
      errorCount: (known?.errorCount ?? 0) + (call.status === Call_Status.ERROR ? 1 : 0),
      totalTokens: (known?.totalTokens ?? 0) + tokens,
      costNanoUsd: (known?.costNanoUsd ?? 0n) + (call.price?.costNanoUsd ?? 0n),
      endUser: call.endUser || (known?.endUser ?? ''),
    });
  }
  return inKeyOrder(deltas);
}

const emptyDelta = (projectId: string, widthS: number, timeMs: number, model: string): MetricDelta => ({
  projectId,
  widthS,
  timeMs,
  model,
  requests: 0,
  errors: 0,
  cancelled: 0,
  inputTokens: 0,
  outputTokens: 0,
  durationCounts: new Array<number>(BUCKETS).fill(0),
  timeToFirstTokenCounts: new Array<number>(BUCKETS).fill(0),
});

const inKeyOrder = <T>(deltas: Map<string, T>): T[] =>
  [...deltas].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, delta]) => delta);
