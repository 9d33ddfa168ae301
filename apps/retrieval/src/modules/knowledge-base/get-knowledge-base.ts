import type { Database, Transaction } from '@llmops/db';
import { DATABASE } from '@llmops/platform';
import type { RequestContext } from '@llmops/platform/context';
import { Inject, Injectable } from '@nestjs/common';
import { knowledgeBaseNotFound } from '../../errors.ts';
import { IndexVersionRepository, type VersionCounts } from '../index-version/index.ts';
import { KnowledgeBaseRepository, type KnowledgeBaseRow } from './knowledge-base.repository.ts';

export interface KnowledgeBaseView {
  row: KnowledgeBaseRow;
  /** Of the live index version. */
  counts: VersionCounts;
  chunkCount: number;
}

@Injectable()
export class GetKnowledgeBase {
  constructor(
    @Inject(DATABASE) private readonly database: Database,
    private readonly knowledgeBases: KnowledgeBaseRepository,
    private readonly versions: IndexVersionRepository,
  ) {}

  run(ctx: RequestContext, id: string): Promise<KnowledgeBaseView> {
    return this.database.tx(ctx, async (tx) => {
      const row = await this.knowledgeBases.get(tx, id);
      if (!row) throw knowledgeBaseNotFound(id);
      return (await this.view(tx, [row]))[0]!;
    });
  }

  /** Adds what is counted. */
  async view(tx: Transaction, rows: KnowledgeBaseRow[]): Promise<KnowledgeBaseView[]> {
    const live = rows.map(({ liveIndexVersion }) => liveIndexVersion);
    const countsOf = await this.versions.counts(tx, live);
    const chunks = await this.versions.chunkCounts(tx, live);
    return rows.map((row) => ({
      row,
      counts: countsOf(row.liveIndexVersion),
      chunkCount: chunks.get(row.liveIndexVersion) ?? 0,
    }));
  }
}
