import type { Database } from '@llmops/db';
import { DATABASE } from '@llmops/platform';
import type { RequestContext } from '@llmops/platform/context';
import { requestCancel } from '@llmops/platform/jobs';
import { Inject, Injectable } from '@nestjs/common';
import { jobs } from '../../db/schema.ts';
import { syncNotFound } from './source.errors.ts';
import { SourceRepository, type SyncRow } from './source.repository.ts';

@Injectable()
export class CancelSync {
  constructor(
    @Inject(DATABASE) private readonly database: Database,
    private readonly sources: SourceRepository,
  ) {}

  /** What was read until then stays. */
  run(ctx: RequestContext, sourceId: string, id: string): Promise<SyncRow> {
    return this.database.tx(ctx, async (tx) => {
      const [sync] = await this.sources.syncs(tx, ctx.projectId, [id]);
      if (sync?.sourceId !== sourceId) throw syncNotFound(id);
      await requestCancel(tx, jobs, sync.jobId);
      const [after] = await this.sources.syncs(tx, ctx.projectId, [id]);
      return after!;
    });
  }
}
