import { Module } from '@nestjs/common';
import { ContentModule } from '../content/index.ts';
import { IndexVersionModule } from '../index-version/index.ts';
import { IngestModule } from '../ingest/index.ts';
import { CreateDocuments } from './create-documents.ts';
import { DeleteDocument } from './delete-document.ts';
import { DocumentGrpc } from './document.grpc.ts';
import { DocumentRepository } from './document.repository.ts';
import { GetDocument } from './get-document.ts';
import { ListChunks } from './list-chunks.ts';
import { ListDocuments } from './list-documents.ts';
import { PreviewChunks } from './preview-chunks.ts';
import { PutDocuments } from './put-documents.ts';
import { ReadFile } from './read-file.ts';
import { ReadText } from './read-text.ts';
import { RenderPage } from './render-page.ts';
import { ReprocessDocument } from './reprocess-document.ts';

@Module({
  imports: [ContentModule, IndexVersionModule, IngestModule],
  controllers: [DocumentGrpc],
  providers: [
    CreateDocuments,
    DeleteDocument,
    DocumentRepository,
    GetDocument,
    ListChunks,
    ListDocuments,
    PreviewChunks,
    PutDocuments,
    ReadFile,
    ReadText,
    RenderPage,
    ReprocessDocument,
  ],
  exports: [DeleteDocument, DocumentRepository, PutDocuments],
})
export class DocumentModule {}
