import type { RequestContext } from '@llmops/platform/context';
import { Injectable } from '@nestjs/common';
import { ContentStore } from '../content/index.ts';
import { GetDocument } from './get-document.ts';

@Injectable()
export class ReadFile {
  constructor(
    private readonly get: GetDocument,
    private readonly contents: ContentStore,
  ) {}

  /** The file as it came, in pieces. */
  async *run(
    ctx: RequestContext,
    knowledgeBaseId: string,
    id: string,
  ): AsyncGenerator<{ contentType: string; data: Uint8Array }> {
    const row = await this.get.content(ctx, knowledgeBaseId, id);
    for await (const data of this.contents.pieces(row.projectId, row)) yield { contentType: row.mediaType, data };
  }
}
