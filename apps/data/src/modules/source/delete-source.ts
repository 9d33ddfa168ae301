import { create } from '@bufbuild/protobuf';
import { SourceDeletedSchema } from '@llmops/contracts/data/v1/source';
import type { Database } from '@llmops/db';
import { DATABASE } from '@llmops/platform';
import type { RequestContext } from '@llmops/platform/context';
import { eventMessage, Outbox } from '@llmops/platform/events';
import { requestCancel } from '@llmops/platform/jobs';
import { Inject, Injectable } from '@nestjs/common';
import { jobs } from '../../db/schema.ts';
import { sourceNotFound } from './source.errors.ts';
import { SourceRepository } from './source.repository.ts';

@Injectable()
export class DeleteSource {
  constructor(
    @Inject(DATABASE) private readonly database: Database,
    private readonly outbox: Outbox,
    private readonly sources: SourceRepository,
  ) {}

  /** With its items; knowledge bases that follow it drop its documents when they hear of it. */
  async run(ctx: RequestContext, id: string): Promise<void> {
    await this.database.tx(ctx, async (tx) => {
      const source = await this.sources.find(tx, ctx.projectId, id, true);
      if (!source) throw sourceNotFound(id);
      const [last] = await this.sources.syncs(tx, ctx.projectId, source.lastSync === null ? [] : [source.lastSync]);
      if (last) await requestCancel(tx, jobs, last.jobId);
      await this.sources.delete(tx, source);
      const { organizationId, projectId: project } = ctx;
      const message = create(SourceDeletedSchema, { organizationId, project, source: id });
      await this.outbox.add(tx, eventMessage('data', SourceDeletedSchema, message, ctx));
    });
    this.outbox.poke();
  }
}
