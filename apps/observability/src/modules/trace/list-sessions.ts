import { type Database, decodeCursor, encodeCursor } from '@llmops/db';
import { DATABASE } from '@llmops/platform';
import type { RequestContext } from '@llmops/platform/context';
import { Inject, Injectable } from '@nestjs/common';
import { SessionRepository, type SessionRow } from './session.repository.ts';

@Injectable()
export class ListSessions {
  constructor(
    @Inject(DATABASE) private readonly database: Database,
    private readonly sessions: SessionRepository,
  ) {}

  async run(
    ctx: RequestContext,
    pageSize: number,
    pageToken: string,
  ): Promise<{ rows: SessionRow[]; nextPageToken: string }> {
    const size = pageSize || 50;
    const cursor = decodeCursor(pageToken, ['timeMs', 'text']);
    const before = cursor && { lastMs: cursor[0], id: cursor[1] };
    const rows = await this.database.tx(ctx, (tx) => this.sessions.page(tx, ctx.projectId, before, size + 1));
    const page = rows.slice(0, size);
    const last = page.at(-1);
    const nextPageToken = rows.length > size && last ? encodeCursor([last.lastTime.getTime(), last.id]) : '';
    return { rows: page, nextPageToken };
  }
}
