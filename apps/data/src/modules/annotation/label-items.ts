import { toJson } from '@bufbuild/protobuf';
import { type Label, type LabelJson, LabelSchema } from '@llmops/contracts/data/v1/annotation';
import type { Database, Transaction } from '@llmops/db';
import { DATABASE } from '@llmops/platform';
import type { RequestContext } from '@llmops/platform/context';
import { Inject, Injectable } from '@nestjs/common';
import { checkLabel, type ItemContent, labelKey } from '../../labels/index.ts';
import { annotationRefused, itemNotFound, labelInvalid } from './annotation.errors.ts';
import { ItemRepository, type ItemRow, type ItemWithLabels } from './item.repository.ts';
import { ManageQueues } from './manage-queues.ts';
import type { QueueRow } from './queue.repository.ts';

/** What people do with a queue's items. Each change locks its item, so that two labels at once both count. */
@Injectable()
export class LabelItems {
  constructor(
    @Inject(DATABASE) private readonly database: Database,
    private readonly queues: ManageQueues,
    private readonly items: ItemRepository,
  ) {}

  async list(
    ctx: RequestContext,
    queueId: string,
    query: { state: ItemRow['state'] | undefined; pageSize: number; pageToken: string },
  ) {
    await this.queues.get(ctx, queueId);
    return this.database.tx(ctx, (tx) => this.items.page(tx, queueId, query));
  }

  async get(ctx: RequestContext, queueId: string, id: string): Promise<ItemWithLabels> {
    await this.queues.get(ctx, queueId);
    return this.database.tx(ctx, (tx) => this.#item(tx, queueId, id));
  }

  async claim(ctx: RequestContext, queueId: string): Promise<ItemWithLabels | undefined> {
    const { queue } = await this.queues.get(ctx, queueId);
    return this.database.tx(ctx, (tx) =>
      this.items.claim(tx, queueId, ctx.projectId, ctx.actor, queue.annotatorsPerItem),
    );
  }

  assign(ctx: RequestContext, queueId: string, id: string, assignees: string[]): Promise<ItemWithLabels> {
    return this.#change(ctx, queueId, id, (tx) => this.items.update(tx, id, { assignees }));
  }

  /** The caller's label. The last of those that are needed decides: they agree and it is done, or it is in dispute. */
  submit(ctx: RequestContext, queueId: string, id: string, given: Label, durationMs: number): Promise<ItemWithLabels> {
    return this.#change(ctx, queueId, id, async (tx, item, queue) => {
      if (item.state === 'done') throw annotationRefused('is done; adjudicate it to decide anew');
      const { assignees } = item;
      if (assignees.length > 0 && !assignees.includes(ctx.actor)) throw annotationRefused('is assigned to others');
      const others = item.annotations.filter(({ annotator }) => annotator !== ctx.actor);
      if (others.length >= queue.annotatorsPerItem) throw annotationRefused('has the labels it needs');
      const label = checked(queue, item, given);
      await this.items.putLabel(tx, item, ctx.actor, label, durationMs);
      await this.items.update(tx, id, outcome(queue, [...others.map((one) => one.label), label]));
    });
  }

  skip(ctx: RequestContext, queueId: string, id: string): Promise<ItemWithLabels> {
    return this.#change(ctx, queueId, id, async (tx, item) => {
      if (item.state === 'done') throw annotationRefused('is done');
      await this.items.release(tx, id, ctx.actor);
      await this.items.update(tx, id, { state: 'skipped' });
    });
  }

  adjudicate(ctx: RequestContext, queueId: string, id: string, given: Label): Promise<ItemWithLabels> {
    return this.#change(ctx, queueId, id, async (tx, item, queue) => {
      if (item.annotations.length === 0) throw annotationRefused('nobody has labelled it yet');
      const result = checked(queue, item, given);
      await this.items.update(tx, id, { state: 'done', result, adjudicatedBy: ctx.actor });
    });
  }

  async #change(
    ctx: RequestContext,
    queueId: string,
    id: string,
    change: (tx: Transaction, item: ItemWithLabels, queue: QueueRow) => Promise<void>,
  ): Promise<ItemWithLabels> {
    const { queue } = await this.queues.get(ctx, queueId);
    return this.database.tx(ctx, async (tx) => {
      await change(tx, await this.#item(tx, queueId, id, true), queue);
      return this.#item(tx, queueId, id);
    });
  }

  async #item(tx: Transaction, queueId: string, id: string, lock = false): Promise<ItemWithLabels> {
    const item = await this.items.find(tx, queueId, id, lock);
    if (!item) throw itemNotFound(id);
    return item;
  }
}

/** The label in its stored form. An empty text is a label too, where an output is corrected. */
function checked({ schema }: QueueRow, { content }: ItemRow, given: Label): LabelJson {
  const json = toJson(LabelSchema, given) as LabelJson;
  const label = schema.correction ? { text: '', ...json } : json;
  const wrong = checkLabel(schema, JSON.parse(content) as ItemContent, label);
  if (wrong) throw labelInvalid(wrong);
  return label;
}

function outcome({ schema, annotatorsPerItem }: QueueRow, labels: LabelJson[]): Partial<ItemRow> {
  if (labels.length < annotatorsPerItem) return { state: 'pending' };
  const agree = new Set(labels.map((label) => labelKey(schema, label))).size === 1;
  return agree ? { state: 'done', result: labels[0]! } : { state: 'disputed' };
}
