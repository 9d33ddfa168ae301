import { type Database, decodeCursor, encodeCursor } from '@llmops/db';
import { DATABASE } from '@llmops/platform';
import type { RequestContext } from '@llmops/platform/context';
import { Inject, Injectable } from '@nestjs/common';
import { type CallFilter, type CallSummaryRow, TraceRepository } from './trace.repository.ts';

@Injectable()
export class ListTraces {
  constructor(
    @Inject(DATABASE) private readonly database: Database,
    private readonly traces: TraceRepository,
  ) {}

  async run(
    ctx: RequestContext,
    filter: CallFilter,
    pageSize: number,
    pageToken: string,
  ): Promise<{ rows: CallSummaryRow[]; nextPageToken: string }> {
    const size = pageSize || 50;
    const cursor = decodeCursor(pageToken, ['timeMs', 'text']);
    const before = cursor && { startMs: cursor[0], id: cursor[1] };
    const rows = await this.database.tx(ctx, (tx) => this.traces.page(tx, ctx.projectId, filter, before, size + 1));
    const page = rows.slice(0, size);
    const last = page.at(-1);
    const nextPageToken = rows.length > size && last ? encodeCursor([last.startTime.getTime(), last.id]) : '';
    return { rows: page, nextPageToken };
  }
}
