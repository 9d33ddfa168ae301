import { type Timestamp, timestampDate, timestampFromDate } from '@bufbuild/protobuf/wkt';
import { Call_Status } from '@llmops/contracts/gateway/v1/call';
import type { TraceSummary } from '@llmops/contracts/observability/v1/trace';
import { ServiceCaller } from '@llmops/platform';
import type { RequestContext } from '@llmops/platform/context';
import { Inject, Injectable } from '@nestjs/common';
import { TRACES, type Traces } from '../../peers.ts';
import { traceContent } from '../../traces/trace-content.ts';

/** Which traced calls become rows, as a job keeps it. */
export interface TraceQuery {
  /** ISO 8601; empty for no bound. */
  startTime: string;
  endTime: string;
  model: string;
  query: string;
  failedOnly: boolean;
  /** 0 for 1,000. */
  maxRows: number;
}

const pageSize = 200;
const atOnce = 8;

@Injectable()
export class TraceLines {
  constructor(
    @Inject(TRACES) private readonly traces: Traces,
    private readonly caller: ServiceCaller,
  ) {}

  /** Lines of JSON, the newest call first. */
  async *read(ctx: RequestContext, query: TraceQuery): AsyncGenerator<Uint8Array> {
    let left = query.maxRows || 1_000;
    let pageToken = '';
    do {
      const asService = await this.caller.contextFor(ctx, ctx.signal);
      const page = await this.traces.listTraces(asService, {
        project: ctx.projectId,
        pageSize: Math.min(pageSize, left),
        pageToken,
        model: query.model,
        query: query.query,
        status: query.failedOnly ? Call_Status.ERROR : Call_Status.UNSPECIFIED,
        ...bound('startTime', query.startTime),
        ...bound('endTime', query.endTime),
      });
      for (let i = 0; i < page.traces.length; i += atOnce) {
        const some = page.traces.slice(i, i + atOnce);
        const rows = await Promise.all(some.map((summary) => this.#row(asService, summary)));
        for (const row of rows) yield Buffer.from(`${JSON.stringify(row)}\n`);
      }
      left -= page.traces.length;
      pageToken = page.nextPageToken;
    } while (pageToken !== '' && left > 0);
  }

  async #row(ctx: RequestContext, summary: TraceSummary): Promise<object> {
    const { traceId, startTime, status, durationMs, usage, price, releaseId, sessionId, endUser } = summary;
    const trace = await this.traces.getTrace(ctx, { project: ctx.projectId, trace: traceId });
    const { input, output, model } = traceContent(trace);
    return {
      trace_id: traceId,
      time: startTime ? timestampDate(startTime).toISOString() : null,
      model,
      input,
      output,
      status: Call_Status[status].toLowerCase(),
      duration_ms: durationMs,
      input_tokens: Number(usage?.inputTokens ?? 0n),
      output_tokens: Number(usage?.outputTokens ?? 0n),
      cost_nano_usd: Number(price?.costNanoUsd ?? 0n),
      release_id: releaseId,
      session_id: sessionId,
      end_user: endUser,
    };
  }
}

const bound = (name: 'startTime' | 'endTime', time: string): Partial<Record<typeof name, Timestamp>> =>
  time === '' ? {} : { [name]: timestampFromDate(new Date(time)) };
