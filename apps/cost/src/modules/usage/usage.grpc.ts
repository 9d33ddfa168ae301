import { timestampDate, timestampFromDate } from '@bufbuild/protobuf/wkt';
import { type ListUsageRequest, type SummarizeUsageRequest, UsageService } from '@llmops/contracts/cost/v1/cost';
import type { RequestContext } from '@llmops/platform/context';
import { GrpcService, type Handlers } from '@llmops/platform/grpc';
import { ListUsage } from './list-usage.ts';
import { SummarizeUsage } from './summarize-usage.ts';
import type { UsageRow, UsageTotals } from './usage.repository.ts';

@GrpcService(UsageService)
export class UsageGrpc implements Handlers<typeof UsageService> {
  constructor(
    private readonly list: ListUsage,
    private readonly summarize: SummarizeUsage,
  ) {}

  async listUsage(request: ListUsageRequest, ctx: RequestContext) {
    const { pageSize, pageToken } = request;
    const { rows, nextPageToken } = await this.list.run(ctx, { ...rangeOf(request), pageSize, pageToken });
    return { records: rows.map(toRecord), nextPageToken };
  }

  async summarizeUsage(request: SummarizeUsageRequest, ctx: RequestContext) {
    const summary = await this.summarize.run(ctx, { ...rangeOf(request), stepS: request.stepS });
    const { time } = summary.total;
    return {
      stepS: summary.stepS,
      points: summary.points.map((point) => toPoint(point, point.time)),
      total: toPoint(summary.total, time),
      models: summary.models.map(({ key, total }) => ({ key, total: toPoint(total, time) })),
      actors: summary.actors.map(({ key, total }) => ({ key, total: toPoint(total, time) })),
    };
  }
}

const rangeOf = ({ startTime, endTime }: ListUsageRequest | SummarizeUsageRequest) => ({
  startTime: startTime && timestampDate(startTime),
  endTime: endTime && timestampDate(endTime),
});

const toPoint = ({ calls, inputTokens, outputTokens, costNanoUsd, unpricedCalls }: UsageTotals, time: Date) => ({
  time: timestampFromDate(time),
  calls,
  inputTokens,
  outputTokens,
  costNanoUsd,
  unpricedCalls,
});

const toRecord = (row: UsageRow) => ({
  callId: row.callId,
  traceId: row.traceId,
  time: timestampFromDate(row.time),
  actor: row.actor,
  operation: row.operation,
  model: row.model,
  provider: row.provider,
  releaseId: row.releaseId,
  status: row.status,
  usage: {
    inputTokens: row.inputTokens,
    cachedInputTokens: row.cachedInputTokens,
    cacheWriteTokens: row.cacheWriteTokens,
    outputTokens: row.outputTokens,
    reasoningTokens: row.reasoningTokens,
    inputAudioTokens: row.inputAudioTokens,
    outputAudioTokens: row.outputAudioTokens,
    estimated: row.estimated,
  },
  price: {
    state: row.priceState,
    costNanoUsd: row.costNanoUsd,
    priceKey: row.priceKey,
    priceVersion: row.priceVersion,
  },
});
