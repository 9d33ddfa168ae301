import { timestampFromDate } from '@bufbuild/protobuf/wkt';
import {
  type CancelFetchRequest,
  type FetchModelRequest,
  type GetModelRequest,
  type ListModelsRequest,
  ModelService,
} from '@llmops/contracts/models/v1/model';
import type { RequestContext } from '@llmops/platform/context';
import { GrpcService, type Handlers } from '@llmops/platform/grpc';
import { localReleaseId } from '../route/index.ts';
import { CancelFetch } from './cancel-fetch.ts';
import { FetchModel } from './fetch-model.ts';
import { GetModel } from './get-model.ts';
import { ListModels, type ModelView } from './list-models.ts';

@GrpcService(ModelService)
export class ModelGrpc implements Handlers<typeof ModelService> {
  constructor(
    private readonly list: ListModels,
    private readonly get: GetModel,
    private readonly fetch: FetchModel,
    private readonly cancel: CancelFetch,
  ) {}

  async listModels(_request: ListModelsRequest, ctx: RequestContext) {
    return { models: (await this.list.run(ctx)).map(toModel) };
  }

  async getModel(request: GetModelRequest, ctx: RequestContext) {
    return toModel(await this.get.run(ctx, request.model));
  }

  async fetchModel(request: FetchModelRequest, ctx: RequestContext) {
    return toModel(await this.fetch.run(ctx, request.model));
  }

  async cancelFetch(request: CancelFetchRequest, ctx: RequestContext) {
    return toModel(await this.cancel.run(ctx, request.model));
  }
}

const toModel = ({ entry, artifact }: ModelView) => ({
  id: entry.id,
  displayName: entry.displayName,
  task: entry.task,
  engine: entry.engine,
  license: entry.license,
  card: entry.card,
  contextTokens: entry.contextTokens,
  parameters: BigInt(entry.parameters),
  quantization: entry.quantization,
  embeddingDimensions: entry.embeddingDimensions ?? 0,
  default: entry.default ?? false,
  warning: entry.warning ?? '',
  sources: entry.sources.map(({ uri, note }) => ({ uri, note: note ?? '' })),
  files: entry.files.map((file) => ({ ...file, sizeBytes: BigInt(file.sizeBytes) })),
  releaseId: localReleaseId(artifact.digest, entry.id),
  artifact: {
    state: artifact.state,
    fetchedBytes: BigInt(artifact.fetchedBytes),
    totalBytes: BigInt(artifact.totalBytes),
    source: artifact.source,
    error: artifact.error,
    digest: artifact.digest,
    ...(artifact.updateTime ? { updateTime: timestampFromDate(artifact.updateTime) } : {}),
  },
});
