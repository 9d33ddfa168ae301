import { type Database, decodeCursor, encodeCursor } from '@llmops/db';
import { DATABASE } from '@llmops/platform';
import type { RequestContext } from '@llmops/platform/context';
import { Inject, Injectable } from '@nestjs/common';
import { documentNotFound, indexVersionNotFound, knowledgeBaseNotFound } from '../../errors.ts';
import { ChunkRepository, type ChunkRow, IndexVersionRepository } from '../index-version/index.ts';
import { DocumentRepository } from './document.repository.ts';

export interface ListChunksInput {
  knowledgeBase: string;
  document: string;
  /** The live one when empty. */
  indexVersion: string;
  pageSize: number;
  pageToken: string;
}

@Injectable()
export class ListChunks {
  constructor(
    @Inject(DATABASE) private readonly database: Database,
    private readonly documents: DocumentRepository,
    private readonly versions: IndexVersionRepository,
    private readonly chunks: ChunkRepository,
  ) {}

  /** In reading order. */
  run(ctx: RequestContext, input: ListChunksInput): Promise<{ rows: ChunkRow[]; nextPageToken: string }> {
    const { knowledgeBase, document, indexVersion } = input;
    const size = input.pageSize || 50;
    const after = decodeCursor(input.pageToken, ['timeMs'])?.[0] ?? -1;
    return this.database.tx(ctx, async (tx) => {
      const live = await this.documents.liveVersion(tx, knowledgeBase);
      if (!live) throw knowledgeBaseNotFound(knowledgeBase);
      const version = await this.versions.get(tx, knowledgeBase, indexVersion || live);
      if (!version) throw indexVersionNotFound(indexVersion);
      const found = await this.documents.get(tx, knowledgeBase, live, document);
      if (!found) throw documentNotFound(document);
      const place = { indexVersionId: version.id, documentOrdinal: found.ordinal };
      const rows = await this.chunks.page(tx, place, after, size + 1);
      const page = rows.slice(0, size);
      return { rows: page, nextPageToken: rows.length > size ? encodeCursor([page.at(-1)!.position]) : '' };
    });
  }
}
