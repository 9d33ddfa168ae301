import { setTimeout as sleep } from 'node:timers/promises';
import type { Database } from '@llmops/db';
import { DATABASE } from '@llmops/platform';
import type { RequestContext } from '@llmops/platform/context';
import { requestCancel } from '@llmops/platform/jobs';
import { Inject, Injectable } from '@nestjs/common';
import { jobs } from '../../db/schema.ts';
import { ArtifactRepository } from './artifact.repository.ts';
import { isOpen } from './artifact-state.ts';
import { GetModel } from './get-model.ts';
import type { ModelView } from './list-models.ts';

const waitMs = 5_000;
const lookMs = 100;

@Injectable()
export class CancelFetch {
  constructor(
    @Inject(DATABASE) private readonly database: Database,
    private readonly artifacts: ArtifactRepository,
    private readonly getModel: GetModel,
  ) {}

  /** Returns when the fetch has ended, or after a few seconds. What was loaded is kept for the next fetch. */
  async run(ctx: RequestContext, id: string): Promise<ModelView> {
    await this.getModel.run(ctx, id);
    await this.database.tx(ctx, async (tx) => {
      const { job } = await this.artifacts.lock(tx, id);
      if (job) await requestCancel(tx, jobs, job.id);
    });
    for (const giveUp = Date.now() + waitMs; Date.now() < giveUp; await sleep(lookMs)) {
      const row = await this.database.tx(ctx, (tx) => this.artifacts.get(tx, id));
      if (!isOpen(row?.job)) break;
    }
    return this.getModel.run(ctx, id);
  }
}
