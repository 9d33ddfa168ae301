import type { Database, Transaction } from '@llmops/db';
import { DATABASE } from '@llmops/platform';
import type { RequestContext } from '@llmops/platform/context';
import { Inject, Injectable } from '@nestjs/common';
import { documentNotFound, knowledgeBaseNotFound } from '../../errors.ts';
import { DocumentRepository, type DocumentRow, type DocumentView } from './document.repository.ts';

@Injectable()
export class GetDocument {
  constructor(
    @Inject(DATABASE) private readonly database: Database,
    private readonly documents: DocumentRepository,
  ) {}

  run(ctx: RequestContext, knowledgeBaseId: string, id: string): Promise<DocumentView> {
    return this.#found(ctx, knowledgeBaseId, id, (tx, live) => this.documents.get(tx, knowledgeBaseId, live, id));
  }

  /** With its file, when that is small. */
  content(ctx: RequestContext, knowledgeBaseId: string, id: string): Promise<DocumentRow> {
    return this.#found(ctx, knowledgeBaseId, id, (tx) => this.documents.content(tx, knowledgeBaseId, id));
  }

  #found<T>(
    ctx: RequestContext,
    knowledgeBaseId: string,
    id: string,
    find: (tx: Transaction, live: string) => Promise<T | undefined>,
  ): Promise<T> {
    return this.database.tx(ctx, async (tx) => {
      const live = await this.documents.liveVersion(tx, knowledgeBaseId);
      if (!live) throw knowledgeBaseNotFound(knowledgeBaseId);
      const found = await find(tx, live);
      if (!found) throw documentNotFound(id);
      return found;
    });
  }
}
