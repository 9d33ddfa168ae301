import type { MessageInitShape } from '@bufbuild/protobuf';
import { timestampFromDate } from '@bufbuild/protobuf/wkt';
import { Call_Status, Price_State, type PriceSchema, type UsageSchema } from '@llmops/contracts/gateway/v1/call';
import type { SessionSchema, SpanSchema, TraceSchema } from '@llmops/contracts/observability/v1/trace';
import type { FoundTrace } from './get-trace.ts';
import type { SessionRow } from './session.repository.ts';
import { spanKinds } from './span-kind.ts';
import type { CallSummaryRow, SpanRow } from './trace.repository.ts';

type SpanInit = MessageInitShape<typeof SpanSchema>;

const usageBuckets = [
  'inputTokens',
  'cachedInputTokens',
  'cacheWriteTokens',
  'outputTokens',
  'reasoningTokens',
  'inputAudioTokens',
  'outputAudioTokens',
] as const;

/** Payloads in one answer, at most: a message must stay below gRPC's limit. Spans beyond it come without theirs. */
const maxPayloadLength = 4 << 20;

export const toSummary = (row: CallSummaryRow) => ({
  traceId: hexOf(row.traceId),
  name: row.name,
  startTime: timestampFromDate(row.startTime),
  durationMs: row.durationMs,
  timeToFirstTokenMs: row.timeToFirstTokenMs,
  status: row.status,
  errorCode: row.errorCode,
  model: row.model,
  releaseId: row.releaseId,
  sessionId: row.sessionId,
  endUser: row.endUser,
  actor: row.actor,
  usage: usageOf([row]),
  price: priceOf([row]),
  spanCount: row.spanCount,
  inputPreview: row.inputPreview,
  outputPreview: row.outputPreview,
});

/** A trace of one or more calls: begins with the first, fails when one failed, costs what they cost together. */
export function toTrace({ calls, spans }: FoundTrace): MessageInitShape<typeof TraceSchema> {
  const first = calls[0]!;
  const last = calls.at(-1)!;
  const startMs = first.startTime.getTime();
  const endMs = Math.max(...calls.map((call) => call.startTime.getTime() + call.durationMs));
  const failed = calls.find((call) => call.status === Call_Status.ERROR) ?? calls.find((call) => call.status !== 1);
  const summary = {
    ...toSummary(first),
    durationMs: calls.length === 1 ? first.durationMs : endMs - startMs,
    status: (failed ?? first).status,
    errorCode: (failed ?? first).errorCode,
    outputPreview: last.outputPreview,
    usage: usageOf(calls),
    price: priceOf(calls),
    spanCount: spans.length,
  };
  const byId = new Map(calls.map((call) => [call.id, call]));
  let room = maxPayloadLength;
  const messages = spans.map((span) => {
    room -= (span.inputJson?.length ?? 0) + (span.outputJson?.length ?? 0);
    return toSpan(span, byId.get(span.callId), room >= 0);
  });
  return { summary, spans: messages };
}

export const toSession = (row: SessionRow): MessageInitShape<typeof SessionSchema> => ({
  id: row.id,
  startTime: timestampFromDate(row.startTime),
  lastTime: timestampFromDate(row.lastTime),
  traceCount: row.traceCount,
  errorCount: row.errorCount,
  totalTokens: row.totalTokens,
  costNanoUsd: row.costNanoUsd,
  endUser: row.endUser,
});

const kindNames = Object.fromEntries(Object.entries(spanKinds).map(([name, kind]) => [kind, name]));

function toSpan(row: SpanRow, call: CallSummaryRow | undefined, withPayload: boolean): SpanInit {
  const attributes = Object.entries(row.attributes).map(([name, value]) => [name, JSON.stringify(value)] as const);
  if (!withPayload && row.inputJson !== null) attributes.push(['llmops.payload.omitted', 'true']);
  // Only the model call itself counts tokens and costs: a sum over all spans is right.
  const isLeaf = row.kind === spanKinds.client && call !== undefined;
  return {
    spanId: row.spanId,
    parentSpanId: row.parentSpanId,
    name: row.name,
    kind: kindNames[row.kind] ?? 'internal',
    startTime: timestampFromDate(row.startTime),
    durationMs: row.durationMs,
    status: row.status,
    statusMessage: row.statusMessage,
    attributes: Object.fromEntries(attributes),
    inputJson: withPayload ? (row.inputJson ?? '') : '',
    outputJson: withPayload ? (row.outputJson ?? '') : '',
    ...(isLeaf ? { usage: usageOf([call]), price: priceOf([call]) } : {}),
  };
}

function usageOf(calls: readonly CallSummaryRow[]): MessageInitShape<typeof UsageSchema> {
  const sum = (bucket: (typeof usageBuckets)[number]) => BigInt(calls.reduce((total, call) => total + call[bucket], 0));
  return {
    ...Object.fromEntries(usageBuckets.map((bucket) => [bucket, sum(bucket)])),
    estimated: calls.some((call) => call.usageEstimated),
  };
}

/** Of several calls: unpriced when one is, because then the sum is a lower bound; free when all are. */
function priceOf(calls: readonly CallSummaryRow[]): MessageInitShape<typeof PriceSchema> {
  const [first] = calls;
  const states = new Set(calls.map((call) => call.priceState));
  const mixed = [Price_State.UNPRICED, Price_State.UNSPECIFIED, Price_State.PRICED].find((state) => states.has(state));
  return {
    state: states.size === 1 ? first!.priceState : (mixed ?? Price_State.UNSPECIFIED),
    costNanoUsd: calls.reduce((total, call) => total + call.costNanoUsd, 0n),
    priceKey: first!.priceKey,
    priceVersion: first!.priceVersion,
  };
}

/** The contract's form of a uuid. */
const hexOf = (uuid: string): string => uuid.replaceAll('-', '');
