import { type Database, decodeCursor, encodeCursor } from '@llmops/db';
import { DATABASE } from '@llmops/platform';
import type { RequestContext } from '@llmops/platform/context';
import { Inject, Injectable } from '@nestjs/common';
import { SuiteRepository } from './suite.repository.ts';

const defaultPageSize = 50;

@Injectable()
export class ListSuites {
  constructor(
    @Inject(DATABASE) private readonly database: Database,
    private readonly suites: SuiteRepository,
  ) {}

  async run(ctx: RequestContext, { pageSize, pageToken }: { pageSize: number; pageToken: string }) {
    const limit = pageSize || defaultPageSize;
    const before = decodeCursor(pageToken, ['text'])?.[0];
    const rows = await this.database.tx(ctx, (tx) => this.suites.list(tx, ctx.projectId, limit + 1, before));
    const page = rows.slice(0, limit);
    return { rows: page, nextPageToken: rows.length > limit ? encodeCursor([page.at(-1)!.id]) : '' };
  }
}
