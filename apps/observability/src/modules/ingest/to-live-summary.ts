import type { MessageInitShape } from '@bufbuild/protobuf';
import { timestampFromMs } from '@bufbuild/protobuf/wkt';
import type { TraceSummarySchema } from '@llmops/contracts/observability/v1/trace';
import type { RecordedCall } from './recorded-call.ts';

/** A call just written, as a list would show it. */
export const toLiveSummary = (recorded: RecordedCall): MessageInitShape<typeof TraceSummarySchema> => {
  const { call } = recorded;
  return {
    traceId: recorded.traceId,
    name: recorded.name,
    startTime: timestampFromMs(recorded.startMs),
    durationMs: call.durationMs,
    timeToFirstTokenMs: call.timeToFirstTokenMs,
    status: call.status,
    errorCode: call.errorCode,
    model: recorded.model,
    releaseId: call.releaseId,
    sessionId: call.sessionId,
    endUser: call.endUser,
    actor: call.actor,
    ...(call.usage ? { usage: call.usage } : {}),
    ...(call.price ? { price: call.price } : {}),
    spanCount: recorded.spans.length,
    inputPreview: recorded.inputPreview,
    outputPreview: recorded.outputPreview,
  };
};
