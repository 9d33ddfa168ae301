import { Module } from '@nestjs/common';
import { JobModule } from '../job/index.ts';
import { SourceModule } from '../source/index.ts';
import { UploadModule } from '../upload/index.ts';
import { CommitVersion } from './commit-version.ts';
import { CreateDataset } from './create-dataset.ts';
import { DatasetGrpc } from './dataset.grpc.ts';
import { DatasetRepository } from './dataset.repository.ts';
import { DeleteDataset } from './delete-dataset.ts';
import { DeriveVersion } from './derive-version.ts';
import { DiffVersions } from './diff-versions.ts';
import { ExportVersion } from './export-version.ts';
import { GetDataset } from './get-dataset.ts';
import { GetVersion } from './get-version.ts';
import { ImportVersion } from './import-version.ts';
import { KeptSplits } from './kept-splits.ts';
import { ListDatasets } from './list-datasets.ts';
import { ListRows } from './list-rows.ts';
import { ListVersions } from './list-versions.ts';
import { OpenVersion } from './open-version.ts';
import { OpenOrigin } from './origin-files.ts';
import { PreviewImport } from './preview-import.ts';
import { ReadRows } from './read-rows.ts';
import { RunDerive } from './run-derive.ts';
import { RunImport } from './run-import.ts';
import { SetVerdict } from './set-verdict.ts';
import { SplitVersion } from './split-version.ts';
import { SweepObjects } from './sweep-objects.ts';
import { TagVersion } from './tag-version.ts';
import { TraceLines } from './trace-lines.ts';
import { UpdateDataset } from './update-dataset.ts';
import { VersionRepository } from './version.repository.ts';
import { WriteRows } from './write-rows.ts';

@Module({
  imports: [JobModule, SourceModule, UploadModule],
  controllers: [DatasetGrpc],
  providers: [
    DatasetRepository,
    VersionRepository,
    ListDatasets,
    GetDataset,
    CreateDataset,
    UpdateDataset,
    DeleteDataset,
    PreviewImport,
    ImportVersion,
    RunImport,
    DeriveVersion,
    RunDerive,
    KeptSplits,
    CommitVersion,
    ListVersions,
    GetVersion,
    TagVersion,
    SplitVersion,
    OpenOrigin,
    TraceLines,
    OpenVersion,
    ListRows,
    ReadRows,
    DiffVersions,
    ExportVersion,
    SetVerdict,
    WriteRows,
    SweepObjects,
  ],
  exports: [CreateDataset, GetDataset, GetVersion, OpenVersion, ReadRows, SetVerdict, WriteRows],
})
export class DatasetModule {}
