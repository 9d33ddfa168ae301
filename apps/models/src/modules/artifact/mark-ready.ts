import { type Database, systemTenant } from '@llmops/db';
import { DATABASE } from '@llmops/platform';
import { Outbox } from '@llmops/platform/events';
import { Inject, Injectable } from '@nestjs/common';
import { type CatalogueEntry, digestOf } from '../catalogue/index.ts';
import { ArtifactRepository, type SourceFailure } from './artifact.repository.ts';
import { publishArtifact } from './artifact-messages.ts';

@Injectable()
export class MarkReady {
  constructor(
    @Inject(DATABASE) private readonly database: Database,
    private readonly outbox: Outbox,
    private readonly artifacts: ArtifactRepository,
  ) {}

  /** All files are in place: the model is served from here on. */
  async run(entry: CatalogueEntry, source: string, failures: SourceFailure[]): Promise<void> {
    const readyTime = new Date();
    await this.database.tx(systemTenant, async (tx) => {
      await this.artifacts.lock(tx, entry.id);
      await this.artifacts.setReady(tx, entry.id, { digest: digestOf(entry.files), source, failures, readyTime });
      await this.outbox.add(tx, ...publishArtifact(entry, readyTime));
    });
    this.outbox.poke();
  }
}
