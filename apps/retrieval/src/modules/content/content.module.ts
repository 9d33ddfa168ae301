import { Module } from '@nestjs/common';
import { ContentStore } from './content-store.ts';
import { DocumentReader } from './document-reader.ts';
import { ParsedStore } from './parsed-store.ts';

@Module({
  providers: [ContentStore, DocumentReader, ParsedStore],
  exports: [ContentStore, DocumentReader, ParsedStore],
})
export class ContentModule {}
