import type { Database, Transaction } from '@llmops/db';
import { DATABASE } from '@llmops/platform';
import type { RequestContext } from '@llmops/platform/context';
import { Inject, Injectable } from '@nestjs/common';
import { indexVersionNotFound, knowledgeBaseNotFound } from '../../errors.ts';
import { IndexVersionRepository, type IndexVersionRow, type VersionCounts } from './index-version.repository.ts';

export interface IndexVersionView {
  row: IndexVersionRow;
  live: boolean;
  counts: VersionCounts;
  sizeBytes: number;
}

@Injectable()
export class GetIndexVersion {
  constructor(
    @Inject(DATABASE) private readonly database: Database,
    private readonly versions: IndexVersionRepository,
  ) {}

  /** @param id `ix_…`, or `live` */
  run(ctx: RequestContext, knowledgeBaseId: string, id: string): Promise<IndexVersionView> {
    return this.database.tx(ctx, async (tx) => {
      const current = await this.versions.liveVersions(tx, knowledgeBaseId);
      if (!current) throw knowledgeBaseNotFound(knowledgeBaseId);
      const row = await this.versions.get(tx, knowledgeBaseId, id === 'live' ? current.live : id);
      if (!row) throw indexVersionNotFound(id);
      return (await this.view(tx, [row], current.live))[0]!;
    });
  }

  /** Adds what is counted. */
  async view(tx: Transaction, rows: IndexVersionRow[], live: string): Promise<IndexVersionView[]> {
    const countsOf = await this.versions.counts(
      tx,
      rows.map(({ id }) => id),
    );
    const views: IndexVersionView[] = [];
    for (const row of rows) {
      const sizeBytes = row.state === 'deleting' ? 0 : await this.versions.sizeBytes(tx, row.id);
      views.push({ row, live: row.id === live, counts: countsOf(row.id), sizeBytes });
    }
    return views;
  }
}
