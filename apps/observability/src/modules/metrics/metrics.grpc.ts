import { timestampDate, timestampFromDate } from '@bufbuild/protobuf/wkt';
import { MetricsService, type QueryMetricsRequest } from '@llmops/contracts/observability/v1/trace';
import type { RequestContext } from '@llmops/platform/context';
import { GrpcService, type Handlers } from '@llmops/platform/grpc';
import { type MetricTotals, QueryMetrics } from './query-metrics.ts';

@GrpcService(MetricsService)
export class MetricsGrpc implements Handlers<typeof MetricsService> {
  constructor(private readonly query: QueryMetrics) {}

  async queryMetrics(request: QueryMetricsRequest, ctx: RequestContext) {
    const answer = await this.query.run(ctx, {
      startTime: request.startTime && timestampDate(request.startTime),
      endTime: request.endTime && timestampDate(request.endTime),
      stepS: request.stepS,
      model: request.model,
    });
    return {
      stepS: answer.stepS,
      points: answer.points.map(toPoint),
      total: toPoint(answer.total),
      models: answer.models.map(({ model, total }) => ({ model, total: toPoint(total) })),
    };
  }
}

const toPoint = ({ time, requests, errors, cancelled, inputTokens, outputTokens, ...percentiles }: MetricTotals) => ({
  time: timestampFromDate(time),
  requests: BigInt(requests),
  errors: BigInt(errors),
  cancelled: BigInt(cancelled),
  inputTokens: BigInt(inputTokens),
  outputTokens: BigInt(outputTokens),
  ...percentiles,
});
