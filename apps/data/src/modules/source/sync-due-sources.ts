import { type Database, systemTenant } from '@llmops/db';
import { DATABASE } from '@llmops/platform';
import { Outbox } from '@llmops/platform/events';
import { Inject, Injectable } from '@nestjs/common';
import { SourceRepository } from './source.repository.ts';
import { SyncSource } from './sync-source.ts';

@Injectable()
export class SyncDueSources {
  constructor(
    @Inject(DATABASE) private readonly database: Database,
    private readonly outbox: Outbox,
    private readonly sources: SourceRepository,
    private readonly sync: SyncSource,
  ) {}

  /** Queues the syncs whose time has come. Each source in a transaction of its own: replicas take turns at its lock. */
  async run(): Promise<void> {
    const due = await this.database.tx(systemTenant, (tx) => this.sources.due(tx));
    for (const { projectId, organizationId, id, syncIntervalMinutes } of due) {
      await this.database.tx({ projectId, organizationId }, async (tx) => {
        const source = await this.sources.find(tx, projectId, id, true);
        if (!source?.nextSyncTime || source.nextSyncTime > new Date()) return;
        const begun = await this.sync.begin(tx, source, 'system');
        // One is running still: the next turn comes when the interval has passed again.
        const later = new Date(Date.now() + syncIntervalMinutes * 60_000);
        if (begun === undefined) await this.sources.update(tx, source, { nextSyncTime: later });
      });
    }
    if (due.length > 0) this.outbox.poke();
  }
}
