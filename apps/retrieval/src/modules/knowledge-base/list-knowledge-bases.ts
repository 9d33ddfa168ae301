import { type Database, decodeCursor, encodeCursor } from '@llmops/db';
import { DATABASE } from '@llmops/platform';
import type { RequestContext } from '@llmops/platform/context';
import { Inject, Injectable } from '@nestjs/common';
import { GetKnowledgeBase, type KnowledgeBaseView } from './get-knowledge-base.ts';
import { KnowledgeBaseRepository } from './knowledge-base.repository.ts';

@Injectable()
export class ListKnowledgeBases {
  constructor(
    @Inject(DATABASE) private readonly database: Database,
    private readonly get: GetKnowledgeBase,
    private readonly knowledgeBases: KnowledgeBaseRepository,
  ) {}

  run(
    ctx: RequestContext,
    pageSize: number,
    pageToken: string,
  ): Promise<{ views: KnowledgeBaseView[]; nextPageToken: string }> {
    const size = pageSize || 50;
    const after = decodeCursor(pageToken, ['text'])?.[0];
    return this.database.tx(ctx, async (tx) => {
      const rows = await this.knowledgeBases.page(tx, ctx.projectId, after, size + 1);
      const page = rows.slice(0, size);
      const nextPageToken = rows.length > size ? encodeCursor([page.at(-1)!.id]) : '';
      return { views: await this.get.view(tx, page), nextPageToken };
    });
  }
}
