import {
  type AddAnnotationItemsRequest,
  type AdjudicateItemRequest,
  AnnotationService,
  type AssignAnnotationItemRequest,
  type ClaimAnnotationItemRequest,
  type CreateAnnotationQueueRequest,
  type DeleteAnnotationQueueRequest,
  type GetAgreementRequest,
  type GetAnnotationItemRequest,
  type GetAnnotationQueueRequest,
  type ListAnnotationItemsRequest,
  type ListAnnotationQueuesRequest,
  type PublishAnnotationsRequest,
  type SkipAnnotationItemRequest,
  type SubmitAnnotationRequest,
  type UpdateAnnotationQueueRequest,
} from '@llmops/contracts/data/v1/annotation';
import type { RequestContext } from '@llmops/platform/context';
import { GrpcService, type Handlers } from '@llmops/platform/grpc';
import { toJob } from '../job/index.ts';
import { AddItems } from './add-items.ts';
import { stateOf, toAgreement, toItem, toQueue } from './annotation-messages.ts';
import { GetAgreement } from './get-agreement.ts';
import { LabelItems } from './label-items.ts';
import { ManageQueues } from './manage-queues.ts';
import { PublishAnnotations } from './publish-annotations.ts';

@GrpcService(AnnotationService)
export class AnnotationGrpc implements Handlers<typeof AnnotationService> {
  constructor(
    private readonly queues: ManageQueues,
    private readonly add: AddItems,
    private readonly items: LabelItems,
    private readonly agreement: GetAgreement,
    private readonly publish: PublishAnnotations,
  ) {}

  async listAnnotationQueues({ pageSize, pageToken }: ListAnnotationQueuesRequest, ctx: RequestContext) {
    const { views, nextPageToken } = await this.queues.list(ctx, pageSize, pageToken);
    return { queues: views.map(toQueue), nextPageToken };
  }

  async getAnnotationQueue({ queue }: GetAnnotationQueueRequest, ctx: RequestContext) {
    return toQueue(await this.queues.get(ctx, queue));
  }

  async createAnnotationQueue(request: CreateAnnotationQueueRequest, ctx: RequestContext) {
    const { displayName, instructions, schema, annotatorsPerItem } = request;
    return toQueue(await this.queues.create(ctx, { displayName, instructions, schema: schema!, annotatorsPerItem }));
  }

  async updateAnnotationQueue(request: UpdateAnnotationQueueRequest, ctx: RequestContext) {
    const { queue, displayName, instructions } = request;
    const change = {
      ...(displayName === undefined ? {} : { displayName }),
      ...(instructions === undefined ? {} : { instructions }),
    };
    return toQueue(await this.queues.update(ctx, queue, change));
  }

  async deleteAnnotationQueue({ queue }: DeleteAnnotationQueueRequest, ctx: RequestContext) {
    await this.queues.delete(ctx, queue);
    return {};
  }

  async addAnnotationItems(request: AddAnnotationItemsRequest, ctx: RequestContext) {
    const { queue, datasetVersion, split, rowIds, traceIds, contentJson: contents, assignees } = request;
    const input = { datasetVersion, split, rowIds, traceIds, contents, assignees };
    const { added, alreadyThere } = await this.add.run(ctx, queue, input);
    return { added: BigInt(added), alreadyThere: BigInt(alreadyThere) };
  }

  async listAnnotationItems(request: ListAnnotationItemsRequest, ctx: RequestContext) {
    const { queue, pageSize, pageToken, state } = request;
    const query = { state: stateOf(state), pageSize: pageSize || 50, pageToken };
    const { rows, nextPageToken } = await this.items.list(ctx, queue, query);
    return { items: rows.map(toItem), nextPageToken };
  }

  async getAnnotationItem({ queue, item }: GetAnnotationItemRequest, ctx: RequestContext) {
    return toItem(await this.items.get(ctx, queue, item));
  }

  async claimAnnotationItem({ queue }: ClaimAnnotationItemRequest, ctx: RequestContext) {
    const item = await this.items.claim(ctx, queue);
    return item ? { item: toItem(item) } : {};
  }

  async assignAnnotationItem({ queue, item, assignees }: AssignAnnotationItemRequest, ctx: RequestContext) {
    return toItem(await this.items.assign(ctx, queue, item, assignees));
  }

  async submitAnnotation({ queue, item, label, durationMs }: SubmitAnnotationRequest, ctx: RequestContext) {
    return toItem(await this.items.submit(ctx, queue, item, label!, Number(durationMs)));
  }

  async skipAnnotationItem({ queue, item }: SkipAnnotationItemRequest, ctx: RequestContext) {
    return toItem(await this.items.skip(ctx, queue, item));
  }

  async adjudicateItem({ queue, item, label }: AdjudicateItemRequest, ctx: RequestContext) {
    return toItem(await this.items.adjudicate(ctx, queue, item, label!));
  }

  async getAgreement({ queue }: GetAgreementRequest, ctx: RequestContext) {
    return toAgreement(await this.agreement.run(ctx, queue));
  }

  async publishAnnotations({ queue, dataset, message }: PublishAnnotationsRequest, ctx: RequestContext) {
    return toJob(await this.publish.run(ctx, queue, dataset, message));
  }
}
