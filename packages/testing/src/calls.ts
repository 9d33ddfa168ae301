import { create, type MessageInitShape } from '@bufbuild/protobuf';
import { timestampFromMs } from '@bufbuild/protobuf/wkt';
import { Call_Status, CallSchema, CallsCompletedSchema, Price_State } from '@llmops/contracts/gateway/v1/call';
import { type Nats, newId } from '@llmops/platform';
import { newSpanId, newTraceId } from '@llmops/platform/context';
import { eventMessage } from '@llmops/platform/events';
import type { TestTenant } from './tenant.ts';

export type CallInit = Extract<MessageInitShape<typeof CallSchema>, { $typeName?: undefined }>;

/** A call that was answered, as the edge reports it; `part` says what is special about it. */
export const testCall = (tenant: TestTenant, part: CallInit = {}): CallInit => ({
  id: newId('call'),
  organizationId: tenant.organizationId,
  project: tenant.projectId,
  actor: 'key_test',
  traceId: newTraceId(),
  spanId: newSpanId(),
  operation: 'chat',
  requestedModel: 'smollm2-135m-instruct',
  responseModel: 'smollm2-135m-instruct',
  releaseId: 'rel_1',
  provider: 'llmops',
  startTime: timestampFromMs(Date.now()),
  durationMs: 120.5,
  timeToFirstTokenMs: 30.25,
  status: Call_Status.OK,
  httpStatus: 200,
  usage: { inputTokens: 10n, cachedInputTokens: 2n, outputTokens: 5n, reasoningTokens: 1n },
  price: { state: Price_State.FREE },
  stream: true,
  finishReason: 'stop',
  inputJson: JSON.stringify([{ role: 'user', content: 'What is the capital of Switzerland?' }]),
  outputJson: JSON.stringify({ role: 'assistant', content: 'Bern is the capital.' }),
  parametersJson: JSON.stringify({ temperature: 0.5, max_tokens: 64 }),
  phases: [
    { name: 'queue', startMs: 0, durationMs: 5 },
    { name: 'prefill', startMs: 5, durationMs: 25 },
    { name: 'decode', startMs: 30, durationMs: 90 },
  ],
  ...part,
});

/** An event of these calls, as the edge publishes it. */
export const callsEvent = (calls: CallInit[]) =>
  eventMessage('gateway', CallsCompletedSchema, create(CallsCompletedSchema, { calls }));

/** Publishes the calls in one message; returns its id. */
export async function publishCalls(nats: Nats, calls: CallInit[], msgID?: string): Promise<string> {
  const { subject, payload, headers } = callsEvent(calls);
  const id = msgID ?? headers!['Nats-Msg-Id']!;
  await nats.jetstream.publish(subject, payload, { msgID: id });
  return id;
}
