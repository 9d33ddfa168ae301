import { type JsonObject, toJson } from '@bufbuild/protobuf';
import {
  type CreateKnowledgeBaseRequest,
  type DeleteKnowledgeBaseRequest,
  type GetKnowledgeBaseRequest,
  KnowledgeBaseService,
  type ListKnowledgeBasesRequest,
  type SearchSettings,
  SearchSettingsSchema,
  type UpdateKnowledgeBaseRequest,
} from '@llmops/contracts/retrieval/v1/knowledge_base';
import type { RequestContext } from '@llmops/platform/context';
import { GrpcService, type Handlers } from '@llmops/platform/grpc';
import { CreateKnowledgeBase } from './create-knowledge-base.ts';
import { DeleteKnowledgeBase } from './delete-knowledge-base.ts';
import { GetKnowledgeBase } from './get-knowledge-base.ts';
import { ListKnowledgeBases } from './list-knowledge-bases.ts';
import { fromSettings } from './to-index-version.ts';
import { toKnowledgeBase } from './to-knowledge-base.ts';
import { UpdateKnowledgeBase } from './update-knowledge-base.ts';

@GrpcService(KnowledgeBaseService)
export class KnowledgeBaseGrpc implements Handlers<typeof KnowledgeBaseService> {
  constructor(
    private readonly list: ListKnowledgeBases,
    private readonly get: GetKnowledgeBase,
    private readonly create: CreateKnowledgeBase,
    private readonly update: UpdateKnowledgeBase,
    private readonly remove: DeleteKnowledgeBase,
  ) {}

  async listKnowledgeBases(request: ListKnowledgeBasesRequest, ctx: RequestContext) {
    const { views, nextPageToken } = await this.list.run(ctx, request.pageSize, request.pageToken);
    return { knowledgeBases: views.map(toKnowledgeBase), nextPageToken };
  }

  async getKnowledgeBase(request: GetKnowledgeBaseRequest, ctx: RequestContext) {
    return toKnowledgeBase(await this.get.run(ctx, request.knowledgeBase));
  }

  async createKnowledgeBase(request: CreateKnowledgeBaseRequest, ctx: RequestContext) {
    const { displayName, description, sources } = request;
    const index = fromSettings(request.indexSettings);
    const searchSettings = settingsJson(request.searchSettings) ?? {};
    return toKnowledgeBase(await this.create.run(ctx, { displayName, description, index, searchSettings, sources }));
  }

  async updateKnowledgeBase(request: UpdateKnowledgeBaseRequest, ctx: RequestContext) {
    await this.update.run(ctx, request.knowledgeBase, {
      displayName: request.displayName,
      description: request.description,
      searchSettings: settingsJson(request.searchSettings),
      sources: request.sources?.sources,
    });
    return toKnowledgeBase(await this.get.run(ctx, request.knowledgeBase));
  }

  async deleteKnowledgeBase(request: DeleteKnowledgeBaseRequest, ctx: RequestContext) {
    await this.remove.run(ctx, request.knowledgeBase);
    return {};
  }
}

const settingsJson = (settings: SearchSettings | undefined): JsonObject | undefined =>
  settings && (toJson(SearchSettingsSchema, settings) as JsonObject);
