import { Module } from '@nestjs/common';
import { DocumentModule } from './modules/document/index.ts';
import { IndexVersionModule } from './modules/index-version/index.ts';
import { IngestModule } from './modules/ingest/index.ts';
import { KnowledgeBaseModule } from './modules/knowledge-base/index.ts';
import { ProbeModule } from './modules/probe/index.ts';
import { SearchModule } from './modules/search/index.ts';
import { SourceModule } from './modules/source/index.ts';

@Module({
  imports: [
    DocumentModule,
    IndexVersionModule,
    IngestModule,
    KnowledgeBaseModule,
    ProbeModule,
    SearchModule,
    SourceModule,
  ],
})
export class AppModule {}
