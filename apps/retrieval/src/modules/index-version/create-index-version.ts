import type { Database } from '@llmops/db';
import { CONFIG, DATABASE } from '@llmops/platform';
import type { RequestContext } from '@llmops/platform/context';
import { Inject, Injectable } from '@nestjs/common';
import type { ServeConfig } from '../../config.ts';
import { knowledgeBaseNotFound, tooManyIndexVersions } from '../../errors.ts';
import { IndexVersionRepository, type IndexVersionRow } from './index-version.repository.ts';
import { PrepareIndexVersion } from './prepare-index-version.ts';
import type { WantedSettings } from './resolve-settings.ts';

@Injectable()
export class CreateIndexVersion {
  constructor(
    @Inject(DATABASE) private readonly database: Database,
    @Inject(CONFIG) private readonly config: ServeConfig,
    private readonly prepare: PrepareIndexVersion,
    private readonly versions: IndexVersionRepository,
  ) {}

  /** Every document is on its list of work when this returns; those that come later are put there as they come. */
  async run(ctx: RequestContext, knowledgeBaseId: string, wanted: WantedSettings): Promise<IndexVersionRow> {
    const prepared = await this.prepare.run(ctx, wanted);
    const most = this.config.RETRIEVAL_MAX_INDEX_VERSIONS;
    return this.database.tx(ctx, async (tx) => {
      if (!(await this.versions.lockKnowledgeBase(tx, knowledgeBaseId))) throw knowledgeBaseNotFound(knowledgeBaseId);
      const { kept, next } = await this.versions.countAndNext(tx, knowledgeBaseId);
      if (kept >= most) throw tooManyIndexVersions(most);
      const version = await this.versions.insert(tx, {
        ...prepared,
        knowledgeBaseId,
        number: next,
        state: 'building',
        lastOrdinal: await this.versions.lastOrdinal(tx, knowledgeBaseId),
      });
      await this.versions.enlistDocuments(tx, version);
      return version;
    });
  }
}
