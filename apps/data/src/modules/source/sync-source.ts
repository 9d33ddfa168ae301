import type { Database, Transaction } from '@llmops/db';
import { DATABASE, newId } from '@llmops/platform';
import type { RequestContext } from '@llmops/platform/context';
import { Outbox } from '@llmops/platform/events';
import { enqueueJob } from '@llmops/platform/jobs';
import { Inject, Injectable } from '@nestjs/common';
import { jobs, outbox } from '../../db/schema.ts';
import { type SyncJobInput, syncJob } from './run-sync.ts';
import { sourceNotFound, syncRunning } from './source.errors.ts';
import { SourceRepository, type SourceRow, type SyncRow } from './source.repository.ts';

@Injectable()
export class SyncSource {
  constructor(
    @Inject(DATABASE) private readonly database: Database,
    private readonly outbox: Outbox,
    private readonly sources: SourceRepository,
  ) {}

  async run(ctx: RequestContext, id: string): Promise<SyncRow> {
    const sync = await this.database.tx(ctx, async (tx) => {
      const source = await this.sources.find(tx, ctx.projectId, id, true);
      if (!source) throw sourceNotFound(id);
      const begun = await this.begin(tx, source, ctx.actor);
      if (begun === undefined) throw syncRunning();
      const [row] = await this.sources.syncs(tx, ctx.projectId, [begun]);
      return row!;
    });
    this.outbox.poke();
    return sync;
  }

  /** Queues a sync of a source that is locked; undefined while one is running. */
  async begin(tx: Transaction, source: SourceRow, actor: string): Promise<string | undefined> {
    const { id, organizationId, projectId, lastSync, syncIntervalMinutes } = source;
    const [last] = await this.sources.syncs(tx, projectId, lastSync === null ? [] : [lastSync]);
    if (last && (last.state === 'queued' || last.state === 'running')) return undefined;
    const sync = newId('syn');
    const input: SyncJobInput = { resource: id, actor, sync };
    const jobId = await enqueueJob(tx, { jobs, outbox }, { ...syncJob, organizationId, projectId, input });
    await this.sources.insertSync(tx, { id: sync, organizationId, projectId, sourceId: id, jobId });
    const nextSyncTime = syncIntervalMinutes === 0 ? null : new Date(Date.now() + syncIntervalMinutes * 60_000);
    await this.sources.update(tx, source, { lastSync: sync, nextSyncTime });
    return sync;
  }
}
