import { type Database, decodeCursor, encodeCursor } from '@llmops/db';
import { DATABASE } from '@llmops/platform';
import type { RequestContext } from '@llmops/platform/context';
import { Inject, Injectable } from '@nestjs/common';
import { GetDataset } from './get-dataset.ts';
import { type TaggedVersion, VersionRepository } from './version.repository.ts';

const defaultPageSize = 50;

@Injectable()
export class ListVersions {
  constructor(
    @Inject(DATABASE) private readonly database: Database,
    private readonly getDataset: GetDataset,
    private readonly versions: VersionRepository,
  ) {}

  /** Newest first. */
  async run(
    ctx: RequestContext,
    datasetId: string,
    { pageSize, pageToken }: { pageSize: number; pageToken: string },
  ): Promise<{ rows: TaggedVersion[]; nextPageToken: string }> {
    await this.getDataset.run(ctx, datasetId);
    const limit = pageSize || defaultPageSize;
    const before = decodeCursor(pageToken, ['timeMs'])?.[0];
    const rows = await this.database.tx(ctx, (tx) => this.versions.list(tx, datasetId, limit + 1, before));
    const page = rows.slice(0, limit);
    return { rows: page, nextPageToken: rows.length > limit ? encodeCursor([page.at(-1)!.number]) : '' };
  }
}
