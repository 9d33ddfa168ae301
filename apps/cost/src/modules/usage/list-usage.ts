import { type Database, decodeCursor, encodeCursor } from '@llmops/db';
import { DATABASE } from '@llmops/platform';
import type { RequestContext } from '@llmops/platform/context';
import { Inject, Injectable } from '@nestjs/common';
import { UsageRepository, type UsageRow } from './usage.repository.ts';

export interface UsageQuery {
  startTime?: Date | undefined;
  endTime?: Date | undefined;
  pageSize: number;
  pageToken: string;
}

@Injectable()
export class ListUsage {
  constructor(
    @Inject(DATABASE) private readonly database: Database,
    private readonly repository: UsageRepository,
  ) {}

  async run(ctx: RequestContext, query: UsageQuery): Promise<{ rows: UsageRow[]; nextPageToken: string }> {
    const size = query.pageSize || 50;
    const cursor = decodeCursor(query.pageToken, ['timeMs', 'text']);
    const before = cursor && { timeMs: cursor[0], callId: cursor[1] };
    const rows = await this.database.tx(ctx, (tx) => this.repository.page(tx, ctx.projectId, query, before, size + 1));
    const page = rows.slice(0, size);
    const last = page.at(-1);
    const nextPageToken = rows.length > size && last ? encodeCursor([last.time.getTime(), last.callId]) : '';
    return { rows: page, nextPageToken };
  }
}
