import { type Database, decodeCursor, encodeCursor } from '@llmops/db';
import { DATABASE } from '@llmops/platform';
import type { RequestContext } from '@llmops/platform/context';
import { Inject, Injectable } from '@nestjs/common';
import { knowledgeBaseNotFound } from '../../errors.ts';
import { GetIndexVersion, type IndexVersionView } from './get-index-version.ts';
import { IndexVersionRepository } from './index-version.repository.ts';

@Injectable()
export class ListIndexVersions {
  constructor(
    @Inject(DATABASE) private readonly database: Database,
    private readonly get: GetIndexVersion,
    private readonly versions: IndexVersionRepository,
  ) {}

  /** Newest first. */
  run(
    ctx: RequestContext,
    knowledgeBaseId: string,
    { pageSize, pageToken }: { pageSize: number; pageToken: string },
  ): Promise<{ views: IndexVersionView[]; nextPageToken: string }> {
    const size = pageSize || 50;
    const before = decodeCursor(pageToken, ['timeMs'])?.[0];
    return this.database.tx(ctx, async (tx) => {
      const current = await this.versions.liveVersions(tx, knowledgeBaseId);
      if (!current) throw knowledgeBaseNotFound(knowledgeBaseId);
      const rows = await this.versions.page(tx, knowledgeBaseId, before, size + 1);
      const page = rows.slice(0, size);
      const last = page.at(-1);
      const nextPageToken = rows.length > size && last ? encodeCursor([last.number]) : '';
      return { views: await this.get.view(tx, page, current.live), nextPageToken };
    });
  }
}
