import type { Database } from '@llmops/db';
import { DATABASE } from '@llmops/platform';
import type { RequestContext } from '@llmops/platform/context';
import { Inject, Injectable } from '@nestjs/common';
import { documentNotFound, knowledgeBaseNotFound } from '../../errors.ts';
import { WakeUp } from '../../wake-up.ts';
import { IndexVersionRepository } from '../index-version/index.ts';
import { DocumentRepository } from './document.repository.ts';

@Injectable()
export class DeleteDocument {
  constructor(
    @Inject(DATABASE) private readonly database: Database,
    private readonly wakeUp: WakeUp,
    private readonly documents: DocumentRepository,
    private readonly versions: IndexVersionRepository,
  ) {}

  /** In no answer that begins after this returns, of whatever index version. */
  async run(ctx: RequestContext, knowledgeBaseId: string, id: string): Promise<void> {
    if ((await this.several(ctx, knowledgeBaseId, [id])) === 0) throw documentNotFound(id);
  }

  /** Those that are there; returns how many. */
  async several(ctx: RequestContext, knowledgeBaseId: string, ids: readonly string[]): Promise<number> {
    const deleted = await this.database.tx(ctx, async (tx) => {
      if (!(await this.documents.shareKnowledgeBase(tx, knowledgeBaseId))) throw knowledgeBaseNotFound(knowledgeBaseId);
      const count = await this.documents.delete(tx, knowledgeBaseId, ids);
      if (count > 0) await this.versions.touch(tx, knowledgeBaseId);
      return count;
    });
    this.wakeUp.wake();
    return deleted;
  }
}
