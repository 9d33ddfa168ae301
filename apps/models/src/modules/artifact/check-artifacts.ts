import { type Database, systemTenant } from '@llmops/db';
import { CONFIG, DATABASE, LOGGER, type Logger } from '@llmops/platform';
import { systemContext } from '@llmops/platform/context';
import { Outbox } from '@llmops/platform/events';
import { announceIdleJobs } from '@llmops/platform/jobs';
import { Inject, Injectable } from '@nestjs/common';
import type { ServeConfig } from '../../config.ts';
import { jobs, outbox } from '../../db/schema.ts';
import { CATALOGUE, type CatalogueEntry, digestOf } from '../catalogue/index.ts';
import { ArtifactRepository, type ArtifactWithJob } from './artifact.repository.ts';
import { filesPresent } from './artifact-files.ts';
import { withdrawArtifact } from './artifact-messages.ts';
import { isOpen } from './artifact-state.ts';
import { fetchJob } from './fetch.job.ts';
import { FetchModel } from './fetch-model.ts';
import { MarkReady } from './mark-ready.ts';

/** Brings the database in line with the disk: at boot, and now and then. */
@Injectable()
export class CheckArtifacts {
  constructor(
    @Inject(DATABASE) private readonly database: Database,
    @Inject(CONFIG) private readonly config: ServeConfig,
    @Inject(CATALOGUE) private readonly catalogue: readonly CatalogueEntry[],
    @Inject(LOGGER) private readonly log: Logger,
    private readonly outbox: Outbox,
    private readonly artifacts: ArtifactRepository,
    private readonly markReady: MarkReady,
    private readonly fetchModel: FetchModel,
  ) {}

  /** Files found are published, lost ones withdrawn, and what is marked `default` is fetched. */
  async run(): Promise<void> {
    const idle = await this.database.tx(systemTenant, (tx) => announceIdleJobs(tx, { jobs, outbox }, fetchJob.service));
    if (idle.length > 0) this.log.info({ jobs: idle }, 'fetches that nobody works on are announced again');
    const rows = await this.database.tx(systemTenant, (tx) => this.artifacts.all(tx));
    for (const entry of this.catalogue) await this.#check(entry, rows.get(entry.id));
  }

  async #check(entry: CatalogueEntry, row: ArtifactWithJob | undefined): Promise<void> {
    const present = await filesPresent(this.config.OBJECTS_DIR, entry);
    const ready = row?.artifact.digest === digestOf(entry.files);
    if (present && !ready && !isOpen(row?.job)) await this.markReady.run(entry, 'found on disk', []);
    if (!present && row?.artifact.digest) await this.#withdraw(entry);
    // Somebody cancelled it: it stays away until asked for.
    const wanted = entry.default && this.config.MODELS_AUTO_FETCH && row?.job?.state !== 'cancelled';
    if (!present && wanted && !isOpen(row?.job)) {
      this.log.info({ model: entry.id }, 'default model is absent; fetching it');
      await this.fetchModel.run(systemContext(), entry.id);
    }
  }

  async #withdraw(entry: CatalogueEntry): Promise<void> {
    this.log.warn({ model: entry.id }, 'files are missing; model withdrawn');
    await this.database.tx(systemTenant, async (tx) => {
      await this.artifacts.lock(tx, entry.id);
      await this.artifacts.setAbsent(tx, entry.id);
      await this.outbox.add(tx, ...withdrawArtifact(entry.id));
    });
    this.outbox.poke();
  }
}
