import { type Database, decodeCursor, encodeCursor } from '@llmops/db';
import { DATABASE } from '@llmops/platform';
import type { RequestContext } from '@llmops/platform/context';
import { Inject, Injectable } from '@nestjs/common';
import { DatasetRepository, type DatasetWithLatest } from './dataset.repository.ts';

const defaultPageSize = 50;

@Injectable()
export class ListDatasets {
  constructor(
    @Inject(DATABASE) private readonly database: Database,
    private readonly datasets: DatasetRepository,
  ) {}

  /** Last changed first. */
  async run(
    ctx: RequestContext,
    { pageSize, pageToken, query }: { pageSize: number; pageToken: string; query: string },
  ): Promise<{ rows: DatasetWithLatest[]; nextPageToken: string }> {
    const limit = pageSize || defaultPageSize;
    const key = decodeCursor(pageToken, ['timeMs', 'text']);
    const after = key && { updateTime: new Date(key[0]), id: key[1] };
    const rows = await this.database.tx(ctx, (tx) =>
      this.datasets.list(tx, ctx.projectId, { limit: limit + 1, after, query }),
    );
    const page = rows.slice(0, limit);
    const last = page.at(-1);
    const more = rows.length > limit && last;
    return { rows: page, nextPageToken: more ? encodeCursor([last.updateTime.getTime(), last.id]) : '' };
  }
}
