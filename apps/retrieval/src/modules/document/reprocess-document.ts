import type { Database } from '@llmops/db';
import { DATABASE } from '@llmops/platform';
import type { RequestContext } from '@llmops/platform/context';
import { Inject, Injectable } from '@nestjs/common';
import { documentNotFound, knowledgeBaseNotFound } from '../../errors.ts';
import { WakeUp } from '../../wake-up.ts';
import { DocumentRepository, type DocumentView } from './document.repository.ts';

@Injectable()
export class ReprocessDocument {
  constructor(
    @Inject(DATABASE) private readonly database: Database,
    private readonly wakeUp: WakeUp,
    private readonly documents: DocumentRepository,
  ) {}

  async run(ctx: RequestContext, knowledgeBaseId: string, id: string): Promise<DocumentView> {
    const row = await this.database.tx(ctx, async (tx) => {
      const live = await this.documents.shareKnowledgeBase(tx, knowledgeBaseId);
      if (!live) throw knowledgeBaseNotFound(knowledgeBaseId);
      if (!(await this.documents.restart(tx, knowledgeBaseId, id))) throw documentNotFound(id);
      await this.documents.enlist(tx, knowledgeBaseId, [id]);
      return this.documents.get(tx, knowledgeBaseId, live, id);
    });
    this.wakeUp.wake();
    return row!;
  }
}
