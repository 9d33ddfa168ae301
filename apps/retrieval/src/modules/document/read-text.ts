import type { RequestContext } from '@llmops/platform/context';
import { Injectable } from '@nestjs/common';
import { documentNotRead } from '../../errors.ts';
import { type ParsedDocument, ParseFailure } from '../../parsing/index.ts';
import { ParsedStore } from '../content/index.ts';
import { GetDocument } from './get-document.ts';

const mostUnits = 1 << 20;

export interface TextView {
  document: ParsedDocument;
  /** Of the text, UTF-16 code units. */
  start: number;
  end: number;
}

@Injectable()
export class ReadText {
  constructor(
    private readonly get: GetDocument,
    private readonly parsed: ParsedStore,
  ) {}

  /** From `start` to `end` (0: as far as one answer holds), at most 1 Mi code units. */
  async run(
    ctx: RequestContext,
    place: { knowledgeBase: string; document: string; start: number; end: number },
  ): Promise<TextView> {
    const row = await this.get.content(ctx, place.knowledgeBase, place.document);
    try {
      const document = await this.parsed.get(row, ctx.signal);
      const start = Math.min(place.start, document.text.length);
      const wanted = place.end || document.text.length;
      return { document, start, end: Math.max(start, Math.min(wanted, start + mostUnits, document.text.length)) };
    } catch (error) {
      if (error instanceof ParseFailure) throw documentNotRead(row.id);
      throw error;
    }
  }
}
