import { timestampDate } from '@bufbuild/protobuf/wkt';
import {
  type GetTraceRequest,
  type ListSessionsRequest,
  type ListTracesRequest,
  TraceService,
  type WatchTracesRequest,
} from '@llmops/contracts/observability/v1/trace';
import type { RequestContext } from '@llmops/platform/context';
import { GrpcService, type Handlers } from '@llmops/platform/grpc';
import { GetTrace } from './get-trace.ts';
import { ListSessions } from './list-sessions.ts';
import { ListTraces } from './list-traces.ts';
import { LiveTraces } from './live-traces.ts';
import { toSession, toSummary, toTrace } from './to-message.ts';

@GrpcService(TraceService)
export class TraceGrpc implements Handlers<typeof TraceService> {
  constructor(
    private readonly list: ListTraces,
    private readonly get: GetTrace,
    private readonly sessions: ListSessions,
    private readonly live: LiveTraces,
  ) {}

  async listTraces(request: ListTracesRequest, ctx: RequestContext) {
    const filter = {
      startTime: request.startTime && timestampDate(request.startTime),
      endTime: request.endTime && timestampDate(request.endTime),
      model: request.model,
      status: request.status,
      sessionId: request.sessionId,
      endUser: request.endUser,
      actor: request.actor,
      query: request.query,
      minDurationMs: request.minDurationMs,
    };
    const { rows, nextPageToken } = await this.list.run(ctx, filter, request.pageSize, request.pageToken);
    return { traces: rows.map(toSummary), nextPageToken };
  }

  async getTrace(request: GetTraceRequest, ctx: RequestContext) {
    return toTrace(await this.get.run(ctx, request.trace));
  }

  watchTraces(request: WatchTracesRequest, ctx: RequestContext) {
    return this.live.watch(request.project, ctx.signal);
  }

  async listSessions(request: ListSessionsRequest, ctx: RequestContext) {
    const { rows, nextPageToken } = await this.sessions.run(ctx, request.pageSize, request.pageToken);
    return { sessions: rows.map(toSession), nextPageToken };
  }
}
