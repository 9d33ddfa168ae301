import { type Database, decodeCursor, encodeCursor } from '@llmops/db';
import { DATABASE } from '@llmops/platform';
import type { RequestContext } from '@llmops/platform/context';
import { Inject, Injectable } from '@nestjs/common';
import { knowledgeBaseNotFound } from '../../errors.ts';
import { type DocumentFilter, DocumentRepository, type DocumentView } from './document.repository.ts';

@Injectable()
export class ListDocuments {
  constructor(
    @Inject(DATABASE) private readonly database: Database,
    private readonly documents: DocumentRepository,
  ) {}

  /** Oldest first. */
  run(
    ctx: RequestContext,
    knowledgeBaseId: string,
    filter: DocumentFilter,
    { pageSize, pageToken }: { pageSize: number; pageToken: string },
  ): Promise<{ rows: DocumentView[]; nextPageToken: string }> {
    const size = pageSize || 50;
    const after = decodeCursor(pageToken, ['text'])?.[0];
    return this.database.tx(ctx, async (tx) => {
      const live = await this.documents.liveVersion(tx, knowledgeBaseId);
      if (!live) throw knowledgeBaseNotFound(knowledgeBaseId);
      const rows = await this.documents.page(tx, knowledgeBaseId, live, filter, { after, limit: size + 1 });
      const page = rows.slice(0, size);
      return { rows: page, nextPageToken: rows.length > size ? encodeCursor([page.at(-1)!.id]) : '' };
    });
  }
}
