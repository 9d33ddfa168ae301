import type { RequestContext } from '@llmops/platform/context';
import { Injectable } from '@nestjs/common';
import { pageNotFound } from '../../errors.ts';
import { ParseFailure } from '../../parsing/index.ts';
import { ContentStore, DocumentReader } from '../content/index.ts';
import { GetDocument } from './get-document.ts';

const defaultWidth = 1000;

@Injectable()
export class RenderPage {
  constructor(
    private readonly get: GetDocument,
    private readonly contents: ContentStore,
    private readonly reader: DocumentReader,
  ) {}

  /** A page of a PDF as PNG, `width` pixels wide. */
  async run(
    ctx: RequestContext,
    place: { knowledgeBase: string; document: string; page: number; width: number },
  ): Promise<Buffer> {
    const row = await this.get.content(ctx, place.knowledgeBase, place.document);
    if (row.mediaType !== 'application/pdf' || (row.pageCount > 0 && place.page > row.pageCount)) {
      throw pageNotFound(place.page);
    }
    const bytes = await this.contents.bytes(row.projectId, row);
    try {
      return await this.reader.renderPage(bytes, place.page, place.width || defaultWidth, ctx.signal);
    } catch (error) {
      if (error instanceof ParseFailure) throw pageNotFound(place.page);
      throw error;
    }
  }
}
