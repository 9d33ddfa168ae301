import { toJson } from '@bufbuild/protobuf';
import { type LabelDefinition, LabelDefinitionSchema } from '@llmops/contracts/data/v1/annotation';
import type { Database } from '@llmops/db';
import { DATABASE, newId } from '@llmops/platform';
import type { RequestContext } from '@llmops/platform/context';
import { Inject, Injectable } from '@nestjs/common';
import { annotationInvalid, queueNotFound } from './annotation.errors.ts';
import { QueueRepository, type QueueRow, type StateCounts } from './queue.repository.ts';

export interface QueueView {
  queue: QueueRow;
  counts: StateCounts;
}

export interface CreateQueueInput {
  displayName: string;
  instructions: string;
  schema: LabelDefinition;
  /** 0 for one. */
  annotatorsPerItem: number;
}

@Injectable()
export class ManageQueues {
  constructor(
    @Inject(DATABASE) private readonly database: Database,
    private readonly queues: QueueRepository,
  ) {}

  list(ctx: RequestContext, pageSize: number, pageToken: string) {
    return this.database.tx(ctx, async (tx) => {
      const { rows, nextPageToken } = await this.queues.page(tx, ctx.projectId, pageSize || 50, pageToken);
      const ids = rows.map(({ id }) => id);
      const counts = await this.queues.counts(tx, ids);
      return { views: rows.map((queue) => ({ queue, counts: counts.get(queue.id) ?? {} })), nextPageToken };
    });
  }

  get(ctx: RequestContext, id: string): Promise<QueueView> {
    return this.database.tx(ctx, async (tx) => {
      const queue = await this.queues.find(tx, ctx.projectId, id);
      if (!queue) throw queueNotFound(id);
      return { queue, counts: (await this.queues.counts(tx, [id])).get(id) ?? {} };
    });
  }

  async create(ctx: RequestContext, input: CreateQueueInput): Promise<QueueView> {
    if (input.schema.kind.case === undefined)
      throw annotationInvalid('schema', 'say what a label is: categories, spans, …');
    const queue = await this.database.tx(ctx, (tx) =>
      this.queues.insert(tx, {
        id: newId('aq'),
        organizationId: ctx.organizationId,
        projectId: ctx.projectId,
        displayName: input.displayName,
        instructions: input.instructions,
        schema: toJson(LabelDefinitionSchema, input.schema),
        annotatorsPerItem: input.annotatorsPerItem || 1,
        createdBy: ctx.actor,
      }),
    );
    return { queue, counts: {} };
  }

  async update(ctx: RequestContext, id: string, change: { displayName?: string; instructions?: string }) {
    const updated = await this.database.tx(ctx, (tx) => this.queues.update(tx, ctx.projectId, id, change));
    if (!updated) throw queueNotFound(id);
    return this.get(ctx, id);
  }

  async delete(ctx: RequestContext, id: string): Promise<void> {
    await this.get(ctx, id);
    await this.database.tx(ctx, (tx) => this.queues.delete(tx, ctx.projectId, id));
  }
}
