import { CONFIG } from '@llmops/platform';
import type { RequestContext } from '@llmops/platform/context';
import { Inject, Injectable } from '@nestjs/common';
import type { ServeConfig } from '../../config.ts';
import { documentInvalid, documentTooLarge } from '../../errors.ts';
import { UPLOADS, type Uploads } from '../../peers.ts';
import { ContentStore, type StoredContent } from '../content/index.ts';
import type { DocumentView } from './document.repository.ts';
import { PutDocuments } from './put-documents.ts';

/** What a document is made of: text, bytes, or an upload of `data`. */
export type ContentInput = { text: string } | { bytes: Uint8Array } | { upload: string };

export interface NewDocumentInput {
  displayName: string;
  /** The display name when empty. */
  uri: string;
  mediaType: string;
  content: ContentInput | undefined;
  metadata: Record<string, unknown>;
  acl: string[];
}

@Injectable()
export class CreateDocuments {
  constructor(
    @Inject(CONFIG) private readonly config: ServeConfig,
    @Inject(UPLOADS) private readonly uploads: Uploads,
    private readonly contents: ContentStore,
    private readonly put: PutDocuments,
  ) {}

  /** All or none, in the order given. */
  async run(ctx: RequestContext, knowledgeBaseId: string, news: readonly NewDocumentInput[]): Promise<DocumentView[]> {
    const inputs = [];
    for (const { content, displayName, uri, mediaType, metadata, acl } of news) {
      if (!content) throw documentInvalid('document.content', 'give text or an upload');
      const stored = await this.store(ctx, content);
      const type = mediaType || stored.mediaType;
      inputs.push({ uri: uri || displayName, displayName, mediaType: type, content: stored.content, metadata, acl });
    }
    return this.put.run(ctx, knowledgeBaseId, inputs);
  }

  /** Stores the content, and tells the type that goes with it. */
  async store(ctx: RequestContext, content: ContentInput): Promise<{ content: StoredContent; mediaType: string }> {
    if ('upload' in content) return this.#fromUpload(ctx, content.upload);
    const bytes = 'text' in content ? Buffer.from(content.text) : content.bytes;
    this.#checkSize(bytes.length);
    const mediaType = 'text' in content ? 'text/plain' : '';
    return { content: await this.contents.put(ctx.projectId, bytes), mediaType };
  }

  async #fromUpload(ctx: RequestContext, id: string): Promise<{ content: StoredContent; mediaType: string }> {
    const request = { project: ctx.projectId, upload: id };
    const upload = await this.uploads.getUpload(ctx, request);
    if (!upload.complete) throw documentInvalid('document.upload', `${id} is not complete`);
    this.#checkSize(Number(upload.sizeBytes));
    const pieces = dataOf(this.uploads.readUpload(ctx, request));
    const limits = { maxBytes: this.config.RETRIEVAL_MAX_DOCUMENT_BYTES, signal: ctx.signal };
    return { content: await this.contents.putStream(ctx.projectId, pieces, limits), mediaType: upload.mediaType };
  }

  #checkSize(sizeBytes: number): void {
    const most = this.config.RETRIEVAL_MAX_DOCUMENT_BYTES;
    if (sizeBytes > most) throw documentTooLarge(sizeBytes, most);
  }
}

async function* dataOf(bodies: AsyncIterable<{ data: Uint8Array }>): AsyncIterable<Uint8Array> {
  for await (const { data } of bodies) yield data;
}
