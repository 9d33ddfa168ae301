import { type Database, decodeCursor, encodeCursor, type JobRow } from '@llmops/db';
import { DATABASE } from '@llmops/platform';
import type { RequestContext } from '@llmops/platform/context';
import { Inject, Injectable } from '@nestjs/common';
import { JobRepository } from './job.repository.ts';

const defaultPageSize = 50;

@Injectable()
export class ListDataJobs {
  constructor(
    @Inject(DATABASE) private readonly database: Database,
    private readonly jobs: JobRepository,
  ) {}

  async run(
    ctx: RequestContext,
    { pageSize, pageToken, resource }: { pageSize: number; pageToken: string; resource: string },
  ): Promise<{ rows: JobRow[]; nextPageToken: string }> {
    const limit = pageSize || defaultPageSize;
    const before = decodeCursor(pageToken, ['text'])?.[0];
    const rows = await this.database.tx(ctx, (tx) =>
      this.jobs.list(tx, ctx.projectId, { limit: limit + 1, before, resource }),
    );
    const page = rows.slice(0, limit);
    return { rows: page, nextPageToken: rows.length > limit ? encodeCursor([page.at(-1)!.id]) : '' };
  }
}
