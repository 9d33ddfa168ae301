import {
  type CreateDatasetRequest,
  DatasetService,
  type DeleteDatasetRequest,
  type DeriveVersionRequest,
  type DiffVersionsRequest,
  type ExportVersionRequest,
  type GetDatasetRequest,
  type GetVersionRequest,
  type ImportVersionRequest,
  type ListDatasetsRequest,
  type ListRowsRequest,
  type ListVersionsRequest,
  type PreviewImportRequest,
  type ReadRowsRequest,
  type SplitVersionRequest,
  type TagVersionRequest,
  type UpdateDatasetRequest,
} from '@llmops/contracts/data/v1/dataset';
import type { RequestContext } from '@llmops/platform/context';
import { GrpcService, type Handlers } from '@llmops/platform/grpc';
import { toJob } from '../job/index.ts';
import { CreateDataset } from './create-dataset.ts';
import {
  fromChangeKind,
  fromDerive,
  fromImportInput,
  fromSplits,
  toDiff,
  toPreview,
  toRow,
} from './dataset-messages.ts';
import { DeleteDataset } from './delete-dataset.ts';
import { DeriveVersion } from './derive-version.ts';
import { DiffVersions } from './diff-versions.ts';
import { ExportVersion } from './export-version.ts';
import { GetDataset } from './get-dataset.ts';
import { GetVersion } from './get-version.ts';
import { ImportVersion } from './import-version.ts';
import { ListDatasets } from './list-datasets.ts';
import { ListRows } from './list-rows.ts';
import { ListVersions } from './list-versions.ts';
import { PreviewImport } from './preview-import.ts';
import { ReadRows } from './read-rows.ts';
import { SplitVersion } from './split-version.ts';
import { TagVersion } from './tag-version.ts';
import { UpdateDataset } from './update-dataset.ts';
import { fromFormat, fromShape, toDataset, toVersion } from './version-messages.ts';

@GrpcService(DatasetService)
export class DatasetGrpc implements Handlers<typeof DatasetService> {
  constructor(
    private readonly list: ListDatasets,
    private readonly get: GetDataset,
    private readonly create: CreateDataset,
    private readonly update: UpdateDataset,
    private readonly remove: DeleteDataset,
    private readonly preview: PreviewImport,
    private readonly importer: ImportVersion,
    private readonly derive: DeriveVersion,
    private readonly versions: ListVersions,
    private readonly version: GetVersion,
    private readonly tag: TagVersion,
    private readonly split: SplitVersion,
    private readonly rows: ListRows,
    private readonly diff: DiffVersions,
    private readonly exporter: ExportVersion,
    private readonly reader: ReadRows,
  ) {}

  async listDatasets(request: ListDatasetsRequest, ctx: RequestContext) {
    const { rows, nextPageToken } = await this.list.run(ctx, request);
    return { datasets: rows.map(toDataset), nextPageToken };
  }

  async getDataset(request: GetDatasetRequest, ctx: RequestContext) {
    return toDataset(await this.get.run(ctx, request.dataset));
  }

  async createDataset(request: CreateDatasetRequest, ctx: RequestContext) {
    return toDataset(await this.create.run(ctx, request));
  }

  async updateDataset(request: UpdateDatasetRequest, ctx: RequestContext) {
    return toDataset(await this.update.run(ctx, request.dataset, request));
  }

  async deleteDataset(request: DeleteDatasetRequest, ctx: RequestContext) {
    await this.remove.run(ctx, request.dataset);
    return {};
  }

  async previewImport(request: PreviewImportRequest, ctx: RequestContext) {
    return toPreview(await this.preview.run(ctx, fromImportInput(request.input)));
  }

  async importVersion(request: ImportVersionRequest, ctx: RequestContext) {
    const { dataset, input, message, splits, splitOptions } = request;
    const job = await this.importer.run(ctx, dataset, {
      ...fromImportInput(input),
      shape: fromShape(request.shape),
      message,
      splits: fromSplits(splits, splitOptions),
    });
    return toJob(job);
  }

  async deriveVersion(request: DeriveVersionRequest, ctx: RequestContext) {
    return toJob(await this.derive.run(ctx, request.dataset, fromDerive(request)));
  }

  async listVersions(request: ListVersionsRequest, ctx: RequestContext) {
    const { rows, nextPageToken } = await this.versions.run(ctx, request.dataset, request);
    return { versions: rows.map(toVersion), nextPageToken };
  }

  async getVersion(request: GetVersionRequest, ctx: RequestContext) {
    return toVersion(await this.version.run(ctx, request.dataset, request.version));
  }

  async tagVersion(request: TagVersionRequest, ctx: RequestContext) {
    return toVersion(await this.tag.run(ctx, request));
  }

  async splitVersion(request: SplitVersionRequest, ctx: RequestContext) {
    const splits = fromSplits(request.splits, request.options);
    return toVersion(await this.split.run(ctx, request.dataset, request.version, splits));
  }

  async listRows(request: ListRowsRequest, ctx: RequestContext) {
    const { rows, nextPageToken } = await this.rows.run(ctx, request, request);
    return { rows: rows.map(toRow), nextPageToken };
  }

  async diffVersions(request: DiffVersionsRequest, ctx: RequestContext) {
    return toDiff(await this.diff.run(ctx, request.dataset, { ...request, kind: fromChangeKind(request.kind) }));
  }

  async *exportVersion(request: ExportVersionRequest, ctx: RequestContext) {
    const format = fromFormat(request.format) ?? 'jsonl';
    yield* this.exporter.run(ctx, { ...request, format, shape: fromShape(request.shape) });
  }

  async *readRows(request: ReadRowsRequest, ctx: RequestContext) {
    const batches = this.reader.run(ctx, { ...request, offset: Number(request.offset), limit: Number(request.limit) });
    for await (const rows of batches) yield { rows: rows.map(toRow) };
  }
}
