import { Module } from '@nestjs/common';
import { JobModule } from '../job/index.ts';
import { UploadModule } from '../upload/index.ts';
import { CancelSync } from './cancel-sync.ts';
import { CheckSourceConfig } from './check-source-config.ts';
import { CreateSource } from './create-source.ts';
import { DeleteSource } from './delete-source.ts';
import { OpenConnector } from './open-connector.ts';
import { ReadSources } from './read-sources.ts';
import { RunSync } from './run-sync.ts';
import { SourceGrpc } from './source.grpc.ts';
import { SourceRepository } from './source.repository.ts';
import { SourceItemRepository } from './source-item.repository.ts';
import { SweepFiles } from './sweep-files.ts';
import { SyncDueSources } from './sync-due-sources.ts';
import { SyncSource } from './sync-source.ts';
import { UpdateSource } from './update-source.ts';

@Module({
  imports: [JobModule, UploadModule],
  controllers: [SourceGrpc],
  providers: [
    SourceRepository,
    SourceItemRepository,
    OpenConnector,
    CheckSourceConfig,
    ReadSources,
    CreateSource,
    UpdateSource,
    DeleteSource,
    SyncSource,
    CancelSync,
    RunSync,
    SyncDueSources,
    SweepFiles,
  ],
  exports: [ReadSources],
})
export class SourceModule {}
