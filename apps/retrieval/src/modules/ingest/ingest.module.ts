import { Module } from '@nestjs/common';
import { ContentModule } from '../content/index.ts';
import { Embedder } from './embedder.ts';
import { EmbeddingCacheRepository } from './embedding-cache.repository.ts';
import { FinishBuildRepository } from './finish-build.repository.ts';
import { FinishBuilds } from './finish-builds.ts';
import { IndexWriterRepository } from './index-writer.repository.ts';
import { IngestDocument } from './ingest-document.ts';
import { IngestWorker } from './ingest-worker.ts';
import { MergeSegments } from './merge-segments.ts';
import { PrepareDocument } from './prepare-document.ts';
import { RemovalRepository } from './removal.repository.ts';
import { RemoveDeleted } from './remove-deleted.ts';
import { ReportMetrics } from './report-metrics.ts';
import { SegmentRepository } from './segment.repository.ts';
import { Tokenizer } from './tokenizer.ts';
import { VersionLock } from './version-lock.ts';
import { WorkListRepository } from './work-list.repository.ts';
import { WriteBatch } from './write-batch.ts';

@Module({
  imports: [ContentModule],
  providers: [
    Embedder,
    EmbeddingCacheRepository,
    FinishBuildRepository,
    FinishBuilds,
    IndexWriterRepository,
    IngestDocument,
    IngestWorker,
    MergeSegments,
    PrepareDocument,
    RemovalRepository,
    RemoveDeleted,
    ReportMetrics,
    SegmentRepository,
    Tokenizer,
    VersionLock,
    WorkListRepository,
    WriteBatch,
  ],
  exports: [FinishBuilds, IngestWorker, MergeSegments, RemoveDeleted, ReportMetrics, Tokenizer],
})
export class IngestModule {}
