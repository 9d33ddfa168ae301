import type { Database } from '@llmops/db';
import { DATABASE } from '@llmops/platform';
import type { RequestContext } from '@llmops/platform/context';
import { Inject, Injectable } from '@nestjs/common';
import { type LabelAgreement, type LabelledItem, measureAgreement } from '../../labels/index.ts';
import { ItemRepository } from './item.repository.ts';
import { ManageQueues } from './manage-queues.ts';

@Injectable()
export class GetAgreement {
  constructor(
    @Inject(DATABASE) private readonly database: Database,
    private readonly queues: ManageQueues,
    private readonly items: ItemRepository,
  ) {}

  /** Of the people's own labels: what an adjudicator decided does not count. */
  async run(ctx: RequestContext, queueId: string): Promise<LabelAgreement> {
    const { queue } = await this.queues.get(ctx, queueId);
    const labelled = await this.database.tx(ctx, async (tx) => {
      const found: LabelledItem[] = [];
      for await (const { annotations } of this.items.all(tx, queueId, undefined)) {
        if (annotations.length >= 2) found.push({ labels: annotations });
      }
      return found;
    });
    return measureAgreement(queue.schema, labelled);
  }
}
