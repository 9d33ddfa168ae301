import type { Database } from '@llmops/db';
import { DATABASE } from '@llmops/platform';
import type { RequestContext } from '@llmops/platform/context';
import { Inject, Injectable } from '@nestjs/common';
import { knowledgeBaseNotFound } from '../../errors.ts';
import { KnowledgeBaseRepository } from './knowledge-base.repository.ts';

@Injectable()
export class DeleteKnowledgeBase {
  constructor(
    @Inject(DATABASE) private readonly database: Database,
    private readonly knowledgeBases: KnowledgeBaseRepository,
  ) {}

  /** Gone for callers when this returns; upkeep removes what it held. */
  async run(ctx: RequestContext, id: string): Promise<void> {
    await this.database.tx(ctx, async (tx) => {
      if (!(await this.knowledgeBases.lock(tx, id))) throw knowledgeBaseNotFound(id);
      await this.knowledgeBases.change(tx, id, { deleteTime: new Date() });
    });
  }
}
