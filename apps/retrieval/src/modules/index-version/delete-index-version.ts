import type { Database } from '@llmops/db';
import { DATABASE } from '@llmops/platform';
import type { RequestContext } from '@llmops/platform/context';
import { Inject, Injectable } from '@nestjs/common';
import { indexVersionInUse, indexVersionNotFound, knowledgeBaseNotFound } from '../../errors.ts';
import { IndexVersionRepository } from './index-version.repository.ts';

@Injectable()
export class DeleteIndexVersion {
  constructor(
    @Inject(DATABASE) private readonly database: Database,
    private readonly versions: IndexVersionRepository,
  ) {}

  /** Gone for callers when this returns; upkeep drops what it held. */
  async run(ctx: RequestContext, knowledgeBaseId: string, id: string): Promise<void> {
    await this.database.tx(ctx, async (tx) => {
      const current = await this.versions.lockKnowledgeBase(tx, knowledgeBaseId);
      if (!current) throw knowledgeBaseNotFound(knowledgeBaseId);
      const version = await this.versions.get(tx, knowledgeBaseId, id);
      if (!version || version.state === 'deleting') throw indexVersionNotFound(id);
      if (current.live === id) throw indexVersionInUse(id);
      await this.versions.change(tx, id, { state: 'deleting' });
      if (current.previous === id) await this.versions.setLive(tx, knowledgeBaseId, current.live, null);
    });
  }
}
