import type { Database } from '@llmops/db';
import { DATABASE } from '@llmops/platform';
import type { RequestContext } from '@llmops/platform/context';
import { Inject, Injectable } from '@nestjs/common';
import { knowledgeBaseNotFound, nothingToRollBackTo } from '../../errors.ts';
import { IndexVersionRepository } from './index-version.repository.ts';

@Injectable()
export class RollbackIndexVersion {
  constructor(
    @Inject(DATABASE) private readonly database: Database,
    private readonly versions: IndexVersionRepository,
  ) {}

  /** The one that was live before answers again; the present one becomes the one before. */
  async run(ctx: RequestContext, knowledgeBaseId: string): Promise<void> {
    await this.database.tx(ctx, async (tx) => {
      const current = await this.versions.lockKnowledgeBase(tx, knowledgeBaseId);
      if (!current) throw knowledgeBaseNotFound(knowledgeBaseId);
      const previous = current.previous ? await this.versions.get(tx, knowledgeBaseId, current.previous) : undefined;
      if (previous?.state !== 'ready') throw nothingToRollBackTo();
      await this.versions.setLive(tx, knowledgeBaseId, previous.id, current.live);
    });
  }
}
