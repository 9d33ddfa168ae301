import {
  type CancelSyncRequest,
  type CreateSourceRequest,
  type DeleteSourceRequest,
  type GetSourceRequest,
  type GetSyncRequest,
  type ListSourceItemsRequest,
  type ListSourcesRequest,
  type ListSyncsRequest,
  type ReadSourceItemRequest,
  SourceService,
  type SyncSourceRequest,
  type UpdateSourceRequest,
} from '@llmops/contracts/data/v1/source';
import type { RequestContext } from '@llmops/platform/context';
import { GrpcService, type Handlers } from '@llmops/platform/grpc';
import { CancelSync } from './cancel-sync.ts';
import { CreateSource } from './create-source.ts';
import { DeleteSource } from './delete-source.ts';
import { ReadSources } from './read-sources.ts';
import { itemStateOf, toItem, toSource, toSync } from './source-messages.ts';
import { SyncSource } from './sync-source.ts';
import { UpdateSource } from './update-source.ts';

@GrpcService(SourceService)
export class SourceGrpc implements Handlers<typeof SourceService> {
  constructor(
    private readonly read: ReadSources,
    private readonly create: CreateSource,
    private readonly update: UpdateSource,
    private readonly remove: DeleteSource,
    private readonly sync: SyncSource,
    private readonly cancel: CancelSync,
  ) {}

  async listSources(request: ListSourcesRequest, ctx: RequestContext) {
    const { views, nextPageToken } = await this.read.list(ctx, request.pageSize, request.pageToken);
    return { sources: views.map(toSource), nextPageToken };
  }

  async getSource({ source }: GetSourceRequest, ctx: RequestContext) {
    return toSource(await this.read.get(ctx, source));
  }

  async createSource({ displayName, config, syncIntervalMinutes }: CreateSourceRequest, ctx: RequestContext) {
    const { id } = await this.create.run(ctx, { displayName, config: config!, syncIntervalMinutes });
    return toSource(await this.read.get(ctx, id));
  }

  async updateSource(request: UpdateSourceRequest, ctx: RequestContext) {
    const { source, displayName, config, syncIntervalMinutes } = request;
    await this.update.run(ctx, source, { displayName, config, syncIntervalMinutes });
    return toSource(await this.read.get(ctx, source));
  }

  async deleteSource({ source }: DeleteSourceRequest, ctx: RequestContext) {
    await this.remove.run(ctx, source);
    return {};
  }

  async syncSource({ source }: SyncSourceRequest, ctx: RequestContext) {
    return toSync(await this.sync.run(ctx, source));
  }

  async listSyncs({ source, pageSize, pageToken }: ListSyncsRequest, ctx: RequestContext) {
    const { rows, nextPageToken } = await this.read.syncs(ctx, source, pageSize, pageToken);
    return { syncs: rows.map(toSync), nextPageToken };
  }

  async getSync({ source, sync }: GetSyncRequest, ctx: RequestContext) {
    return toSync(await this.read.sync(ctx, source, sync));
  }

  async cancelSync({ source, sync }: CancelSyncRequest, ctx: RequestContext) {
    return toSync(await this.cancel.run(ctx, source, sync));
  }

  async listSourceItems(request: ListSourceItemsRequest, ctx: RequestContext) {
    const { rows, nextPageToken } = await this.read.itemsOf(ctx, request.source, {
      pageSize: request.pageSize || 50,
      pageToken: request.pageToken,
      sync: request.sync,
      state: itemStateOf(request.state),
      query: request.query,
    });
    return { items: rows.map(toItem), nextPageToken };
  }

  async *readSourceItem(request: ReadSourceItemRequest, ctx: RequestContext) {
    const { item, content } = await this.read.content(ctx, request.source, request.item);
    yield { contentType: item.mediaType, data: new Uint8Array() };
    for await (const data of content) yield { contentType: '', data };
  }
}
