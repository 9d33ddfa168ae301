import {
  type ActivateIndexVersionRequest,
  type CreateIndexVersionRequest,
  type DeleteIndexVersionRequest,
  type GetIndexVersionRequest,
  IndexVersionService,
  type ListIndexVersionsRequest,
  type ProbeRecallRequest,
  type RollbackIndexVersionRequest,
} from '@llmops/contracts/retrieval/v1/knowledge_base';
import type { RequestContext } from '@llmops/platform/context';
import { GrpcService, type Handlers } from '@llmops/platform/grpc';
import {
  ActivateIndexVersion,
  CreateIndexVersion,
  DeleteIndexVersion,
  GetIndexVersion,
  ListIndexVersions,
  RollbackIndexVersion,
} from '../index-version/index.ts';
import { ProbeRecall } from '../probe/index.ts';
import { GetKnowledgeBase } from './get-knowledge-base.ts';
import { fromSettings, toIndexVersion } from './to-index-version.ts';
import { toKnowledgeBase } from './to-knowledge-base.ts';

@GrpcService(IndexVersionService)
export class IndexVersionGrpc implements Handlers<typeof IndexVersionService> {
  constructor(
    private readonly list: ListIndexVersions,
    private readonly get: GetIndexVersion,
    private readonly create: CreateIndexVersion,
    private readonly activate: ActivateIndexVersion,
    private readonly rollback: RollbackIndexVersion,
    private readonly remove: DeleteIndexVersion,
    private readonly knowledgeBase: GetKnowledgeBase,
    private readonly probe: ProbeRecall,
  ) {}

  async listIndexVersions(request: ListIndexVersionsRequest, ctx: RequestContext) {
    const { views, nextPageToken } = await this.list.run(ctx, request.knowledgeBase, request);
    return { indexVersions: views.map(toIndexVersion), nextPageToken };
  }

  async getIndexVersion(request: GetIndexVersionRequest, ctx: RequestContext) {
    return toIndexVersion(await this.get.run(ctx, request.knowledgeBase, request.indexVersion));
  }

  async createIndexVersion(request: CreateIndexVersionRequest, ctx: RequestContext) {
    const { id } = await this.create.run(ctx, request.knowledgeBase, fromSettings(request.settings));
    return toIndexVersion(await this.get.run(ctx, request.knowledgeBase, id));
  }

  async activateIndexVersion(request: ActivateIndexVersionRequest, ctx: RequestContext) {
    await this.activate.run(ctx, request.knowledgeBase, request.indexVersion);
    return toKnowledgeBase(await this.knowledgeBase.run(ctx, request.knowledgeBase));
  }

  async rollbackIndexVersion(request: RollbackIndexVersionRequest, ctx: RequestContext) {
    await this.rollback.run(ctx, request.knowledgeBase);
    return toKnowledgeBase(await this.knowledgeBase.run(ctx, request.knowledgeBase));
  }

  async deleteIndexVersion(request: DeleteIndexVersionRequest, ctx: RequestContext) {
    await this.remove.run(ctx, request.knowledgeBase, request.indexVersion);
    return {};
  }

  probeRecall({ knowledgeBase, indexVersion, queries, k }: ProbeRecallRequest, ctx: RequestContext) {
    return this.probe.run(ctx, { knowledgeBaseId: knowledgeBase, indexVersionId: indexVersion, queries, k });
  }
}
