import type { RequestContext } from '@llmops/platform/context';
import { Injectable } from '@nestjs/common';
import { type Chunk, chunkDocument } from '../../chunking/index.ts';
import { documentInvalid } from '../../errors.ts';
import { type ParsedDocument, ParseFailure } from '../../parsing/index.ts';
import { laneOf, ParsedStore, type ReadableDocument } from '../content/index.ts';
import { ResolveSettings, type WantedSettings } from '../index-version/index.ts';
import { Tokenizer } from '../ingest/index.ts';
import { type ContentInput, CreateDocuments } from './create-documents.ts';
import { GetDocument } from './get-document.ts';

export interface PreviewInput {
  knowledgeBase: string;
  content: ContentInput | { document: string } | undefined;
  mediaType: string;
  chunker: WantedSettings['chunker'];
  /** The installation's default when empty. */
  embeddingModel: string;
}

@Injectable()
export class PreviewChunks {
  constructor(
    private readonly get: GetDocument,
    private readonly create: CreateDocuments,
    private readonly parsed: ParsedStore,
    private readonly settings: ResolveSettings,
    private readonly tokenizer: Tokenizer,
  ) {}

  /** How it would be cut. Nothing of the chunks is kept. */
  async run(ctx: RequestContext, input: PreviewInput): Promise<{ document: ParsedDocument; chunks: Chunk[] }> {
    const embeddingModels = input.embeddingModel ? [input.embeddingModel] : [];
    const { settings } = await this.settings.run(ctx, { embeddingModels, chunker: input.chunker, noLexical: false });
    const readable = await this.#readable(ctx, input);
    const document = await this.parsed.get(readable, ctx.signal).catch((error: unknown) => {
      throw error instanceof ParseFailure ? documentInvalid('content', error.reason) : error;
    });
    const model = settings.embeddingModels[0]!;
    const chunks = await chunkDocument(document, settings.chunker, (texts) => this.tokenizer.ends(ctx, model, texts));
    return { document, chunks };
  }

  async #readable(ctx: RequestContext, { knowledgeBase, content, mediaType }: PreviewInput): Promise<ReadableDocument> {
    if (!content) throw documentInvalid('content', 'give a document, text or an upload');
    if ('document' in content) return this.get.content(ctx, knowledgeBase, content.document);
    const stored = await this.create.store(ctx, content);
    const declaredMediaType = mediaType || stored.mediaType;
    const displayName = 'preview';
    const lane = laneOf(displayName, declaredMediaType);
    return { projectId: ctx.projectId, displayName, declaredMediaType, lane, ...stored.content };
  }
}
