import type { Database, JobRow } from '@llmops/db';
import { DATABASE } from '@llmops/platform';
import type { RequestContext } from '@llmops/platform/context';
import { Outbox } from '@llmops/platform/events';
import { enqueueJob } from '@llmops/platform/jobs';
import { Inject, Injectable } from '@nestjs/common';
import { jobs, outbox } from '../../db/schema.ts';
import type { JsonRow } from '../../formats/index.ts';
import { labelFields } from '../../labels/index.ts';
import { CreateDataset, GetDataset, WriteRows } from '../dataset/index.ts';
import { type DataJob, GetDataJob, type JobInput } from '../job/index.ts';
import { annotationInvalid } from './annotation.errors.ts';
import { ItemRepository, type ItemWithLabels } from './item.repository.ts';
import { ManageQueues } from './manage-queues.ts';

export const publishJob = { service: 'data', kind: 'publish-annotations' } as const;

export interface PublishJobInput extends JobInput {
  queue: string;
  dataset: string;
  message: string;
}

@Injectable()
export class PublishAnnotations {
  constructor(
    @Inject(DATABASE) private readonly database: Database,
    private readonly outbox: Outbox,
    private readonly queues: ManageQueues,
    private readonly items: ItemRepository,
    private readonly createDataset: CreateDataset,
    private readonly getDataset: GetDataset,
    private readonly writeRows: WriteRows,
    private readonly getJob: GetDataJob,
  ) {}

  /** Queues the making of a version of what is done. Without a dataset a new one takes it. */
  async run(ctx: RequestContext, queueId: string, datasetId: string, message: string): Promise<JobRow> {
    const { queue, counts } = await this.queues.get(ctx, queueId);
    if (!counts.done) throw annotationInvalid('queue', 'nothing in it is done yet');
    const description = `Annotations of the queue ${queue.displayName}`;
    const dataset =
      datasetId === ''
        ? await this.createDataset.run(ctx, { displayName: queue.displayName, description })
        : await this.getDataset.run(ctx, datasetId);
    const { organizationId, projectId, actor } = ctx;
    const input: PublishJobInput = { resource: dataset.id, actor, queue: queueId, dataset: dataset.id, message };
    const id = await this.database.tx(ctx, (tx) =>
      enqueueJob(tx, { jobs, outbox }, { ...publishJob, organizationId, projectId, input }),
    );
    this.outbox.poke();
    return this.getJob.run(ctx, id);
  }

  /** The job: run again it makes the same version. */
  async publish({ ctx, input, id }: DataJob<PublishJobInput>): Promise<{ resource: string }> {
    const { queue } = await this.queues.get(ctx, input.queue);
    const done = await this.database.tx(ctx, async (tx) => {
      const found: ItemWithLabels[] = [];
      for await (const item of this.items.all(tx, input.queue, 'done')) found.push(item);
      return found;
    });
    const rows = done.map(
      (item): JsonRow => ({
        ...(JSON.parse(item.content) as JsonRow),
        ...(labelFields(queue.schema, item.result ?? {}) as JsonRow),
        annotators: item.annotations.map(({ annotator }) => annotator).sort(),
        ...(item.adjudicatedBy === '' ? {} : { adjudicated_by: item.adjudicatedBy }),
      }),
    );
    const unique = <T>(values: T[]): T[] => [...new Set(values)];
    const version = await this.writeRows.run(ctx, {
      datasetId: input.dataset,
      rows,
      lineage: {
        operation: 'annotation',
        detail: `queue ${input.queue}`,
        job: id,
        parentVersions: unique(done.flatMap(({ datasetVersion }) => datasetVersion || [])),
        traceIds: unique(done.flatMap(({ traceId }) => traceId || [])).slice(0, 1_000),
      },
      message: input.message || `annotations of ${queue.displayName}`,
    });
    return { resource: version.id };
  }
}
