import type { Database, Transaction } from '@llmops/db';
import { DATABASE } from '@llmops/platform';
import type { RequestContext } from '@llmops/platform/context';
import { Inject, Injectable } from '@nestjs/common';
import { traceNotFound } from './trace.errors.ts';
import { type CallSummaryRow, type SpanRow, TraceRepository } from './trace.repository.ts';

export interface FoundTrace {
  /** Oldest first; at least one. */
  calls: CallSummaryRow[];
  spans: SpanRow[];
}

/** Spans of a call may begin a little outside of it when phases were rounded. */
const slackMs = 1_000;

@Injectable()
export class GetTrace {
  constructor(
    @Inject(DATABASE) private readonly database: Database,
    private readonly traces: TraceRepository,
  ) {}

  /** By the id of the trace, or of one of its calls. */
  run(ctx: RequestContext, id: string): Promise<FoundTrace> {
    return this.database.tx(ctx, async (tx) => {
      const calls = await this.#calls(tx, ctx.projectId, id);
      if (calls.length === 0) throw traceNotFound(id);
      const from = calls[0]!.startTime.getTime() - slackMs;
      const until = Math.max(...calls.map((call) => call.startTime.getTime() + call.durationMs)) + slackMs;
      const traceId = calls[0]!.traceId;
      const spans = await this.traces.spansOfTrace(tx, ctx.projectId, traceId, new Date(from), new Date(until));
      return { calls, spans };
    });
  }

  async #calls(tx: Transaction, projectId: string, id: string): Promise<CallSummaryRow[]> {
    if (/^[\da-f]{32}$/i.test(id)) return this.traces.callsOfTrace(tx, projectId, id);
    const call = await this.traces.callById(tx, projectId, id);
    return call ? this.traces.callsOfTrace(tx, projectId, call.traceId) : [];
  }
}
