import type { Database, Transaction } from '@llmops/db';
import { CONFIG, DATABASE } from '@llmops/platform';
import type { RequestContext } from '@llmops/platform/context';
import { Outbox } from '@llmops/platform/events';
import { enqueueJob } from '@llmops/platform/jobs';
import { Inject, Injectable } from '@nestjs/common';
import type { ServeConfig } from '../../config.ts';
import { jobs, outbox } from '../../db/schema.ts';
import { type CatalogueEntry, digestOf } from '../catalogue/index.ts';
import { ArtifactRepository } from './artifact.repository.ts';
import { filesPresent } from './artifact-files.ts';
import { withdrawArtifact } from './artifact-messages.ts';
import { isOpen } from './artifact-state.ts';
import { fetchJob } from './fetch.job.ts';
import { GetModel } from './get-model.ts';
import type { ModelView } from './list-models.ts';
import { fetchStopping } from './model.errors.ts';

@Injectable()
export class FetchModel {
  constructor(
    @Inject(DATABASE) private readonly database: Database,
    @Inject(CONFIG) private readonly config: ServeConfig,
    private readonly outbox: Outbox,
    private readonly artifacts: ArtifactRepository,
    private readonly getModel: GetModel,
  ) {}

  /** Begins a fetch unless one is under way or the files are here. */
  async run(ctx: RequestContext, id: string): Promise<ModelView> {
    const { entry } = await this.getModel.run(ctx, id);
    const present = await filesPresent(this.config.OBJECTS_DIR, entry);
    await this.database.tx(ctx, (tx) => this.#begin(tx, ctx, entry, present));
    this.outbox.poke();
    return this.getModel.run(ctx, id);
  }

  async #begin(tx: Transaction, ctx: RequestContext, entry: CatalogueEntry, present: boolean): Promise<void> {
    const { artifact, job } = await this.artifacts.lock(tx, entry.id);
    if (isOpen(job)) {
      if (job?.cancelRequested) throw fetchStopping(entry.id);
      return;
    }
    if (artifact.digest === digestOf(entry.files)) {
      if (present) return;
      await this.artifacts.setAbsent(tx, entry.id);
      await this.outbox.add(tx, ...withdrawArtifact(entry.id));
    }
    const jobId = await enqueueJob(
      tx,
      { jobs, outbox },
      { ...fetchJob, organizationId: ctx.organizationId, projectId: ctx.projectId, input: { model: entry.id } },
    );
    await this.artifacts.setJob(tx, entry.id, jobId);
  }
}
