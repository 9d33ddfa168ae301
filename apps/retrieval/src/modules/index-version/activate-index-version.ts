import type { Database } from '@llmops/db';
import { DATABASE } from '@llmops/platform';
import type { RequestContext } from '@llmops/platform/context';
import { Inject, Injectable } from '@nestjs/common';
import { indexVersionNotFound, indexVersionNotReady, knowledgeBaseNotFound } from '../../errors.ts';
import { IndexVersionRepository } from './index-version.repository.ts';

@Injectable()
export class ActivateIndexVersion {
  constructor(
    @Inject(DATABASE) private readonly database: Database,
    private readonly versions: IndexVersionRepository,
  ) {}

  /** Searches that begin after this returns are answered by this version. The one before stays up to date, for a way back. */
  async run(ctx: RequestContext, knowledgeBaseId: string, id: string): Promise<void> {
    await this.database.tx(ctx, async (tx) => {
      const current = await this.versions.lockKnowledgeBase(tx, knowledgeBaseId);
      if (!current) throw knowledgeBaseNotFound(knowledgeBaseId);
      const version = await this.versions.get(tx, knowledgeBaseId, id);
      if (!version || version.state === 'deleting') throw indexVersionNotFound(id);
      if (version.state !== 'ready') throw indexVersionNotReady(id, version.state);
      if (current.live !== id) await this.versions.setLive(tx, knowledgeBaseId, id, current.live);
    });
  }
}
