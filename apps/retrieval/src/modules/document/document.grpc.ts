import {
  type BatchCreateDocumentsRequest,
  type CreateDocumentRequest,
  type DeleteDocumentRequest,
  DocumentService,
  type GetDocumentPageRequest,
  type GetDocumentRequest,
  type GetDocumentTextRequest,
  type ListChunksRequest,
  type ListDocumentsRequest,
  type NewDocument,
  type PreviewChunksRequest,
  type ReadDocumentRequest,
  type ReprocessDocumentRequest,
  type UploadDocumentRequest,
} from '@llmops/contracts/retrieval/v1/knowledge_base';
import type { RequestContext } from '@llmops/platform/context';
import { GrpcService, type Handlers } from '@llmops/platform/grpc';
import { type ContentInput, CreateDocuments, type NewDocumentInput } from './create-documents.ts';
import { DeleteDocument } from './delete-document.ts';
import { GetDocument } from './get-document.ts';
import { ListChunks } from './list-chunks.ts';
import { ListDocuments } from './list-documents.ts';
import { parseMetadata } from './parse-metadata.ts';
import { PreviewChunks } from './preview-chunks.ts';
import { ReadFile } from './read-file.ts';
import { ReadText } from './read-text.ts';
import { RenderPage } from './render-page.ts';
import { ReprocessDocument } from './reprocess-document.ts';
import { toChunk, toPreviewChunk } from './to-chunk.ts';
import { fromState, toDocument } from './to-document.ts';
import { toDocumentText } from './to-document-text.ts';

const mostPreviewed = 500;

@GrpcService(DocumentService)
export class DocumentGrpc implements Handlers<typeof DocumentService> {
  constructor(
    private readonly list: ListDocuments,
    private readonly get: GetDocument,
    private readonly create: CreateDocuments,
    private readonly remove: DeleteDocument,
    private readonly reprocess: ReprocessDocument,
    private readonly file: ReadFile,
    private readonly text: ReadText,
    private readonly page: RenderPage,
    private readonly chunks: ListChunks,
    private readonly preview: PreviewChunks,
  ) {}

  async listDocuments(request: ListDocumentsRequest, ctx: RequestContext) {
    const filter = {
      states: fromState(request.state),
      words: request.query.split(/\s+/).filter((word) => word !== ''),
    };
    const { rows, nextPageToken } = await this.list.run(ctx, request.knowledgeBase, filter, request);
    return { documents: rows.map(toDocument), nextPageToken };
  }

  async getDocument(request: GetDocumentRequest, ctx: RequestContext) {
    return toDocument(await this.get.run(ctx, request.knowledgeBase, request.document));
  }

  async createDocument({ knowledgeBase, document }: CreateDocumentRequest, ctx: RequestContext) {
    const [row] = await this.create.run(ctx, knowledgeBase, [fromNewDocument(document!)]);
    return toDocument(row!);
  }

  async batchCreateDocuments({ knowledgeBase, documents }: BatchCreateDocumentsRequest, ctx: RequestContext) {
    const rows = await this.create.run(ctx, knowledgeBase, documents.map(fromNewDocument));
    return { documents: rows.map(toDocument) };
  }

  async uploadDocument(request: UploadDocumentRequest, ctx: RequestContext) {
    const { displayName, uri, acl } = request;
    const metadata = parseMetadata(request.metadataJson);
    const content = { bytes: request.body!.data };
    const mediaType = request.body!.contentType;
    const [row] = await this.create.run(ctx, request.knowledgeBase, [
      { displayName, uri, mediaType, content, metadata, acl },
    ]);
    return toDocument(row!);
  }

  async deleteDocument(request: DeleteDocumentRequest, ctx: RequestContext) {
    await this.remove.run(ctx, request.knowledgeBase, request.document);
    return {};
  }

  async reprocessDocument(request: ReprocessDocumentRequest, ctx: RequestContext) {
    return toDocument(await this.reprocess.run(ctx, request.knowledgeBase, request.document));
  }

  readDocument(request: ReadDocumentRequest, ctx: RequestContext) {
    return this.file.run(ctx, request.knowledgeBase, request.document);
  }

  async getDocumentText(request: GetDocumentTextRequest, ctx: RequestContext) {
    return toDocumentText(await this.text.run(ctx, request));
  }

  async getDocumentPage(request: GetDocumentPageRequest, ctx: RequestContext) {
    return { contentType: 'image/png', data: await this.page.run(ctx, request) };
  }

  async listChunks(request: ListChunksRequest, ctx: RequestContext) {
    const { rows, nextPageToken } = await this.chunks.run(ctx, request);
    return { chunks: rows.map(toChunk), nextPageToken };
  }

  async previewChunks(request: PreviewChunksRequest, ctx: RequestContext) {
    const { knowledgeBase, mediaType, embeddingModel, chunker } = request;
    const { document, chunks } = await this.preview.run(ctx, {
      ...{ knowledgeBase, mediaType, embeddingModel },
      content: contentOf(request.content),
      chunker: {
        maxTokens: chunker?.maxTokens ?? 0,
        overlapTokens: chunker?.overlapTokens,
        parentTokens: chunker?.parentTokens ?? 0,
      },
    });
    const first = chunks.slice(0, mostPreviewed);
    const text = document.text.slice(0, first.at(-1)?.end ?? 0);
    return { chunks: first.map(toPreviewChunk), chunkCount: chunks.length, text };
  }
}

const fromNewDocument = (document: NewDocument): NewDocumentInput => ({
  displayName: document.displayName,
  uri: document.uri,
  mediaType: document.mediaType,
  content: contentOf(document.content),
  metadata: document.metadata ?? {},
  acl: document.acl,
});

type Content<Case extends string> = { case: Case; value: string } | { case: undefined; value?: undefined };

function contentOf(content: Content<'text' | 'upload'>): ContentInput | undefined;
function contentOf(content: Content<'text' | 'upload' | 'document'>): ContentInput | { document: string } | undefined;
function contentOf({ case: kind, value }: Content<'text' | 'upload' | 'document'>) {
  return kind && ({ [kind]: value } as unknown);
}
