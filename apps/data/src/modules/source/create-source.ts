import { toJson } from '@bufbuild/protobuf';
import { type SourceConfig, SourceConfigSchema } from '@llmops/contracts/data/v1/source';
import type { Database } from '@llmops/db';
import { DATABASE, newId } from '@llmops/platform';
import type { RequestContext } from '@llmops/platform/context';
import { Inject, Injectable } from '@nestjs/common';
import { CheckSourceConfig } from './check-source-config.ts';
import { SourceRepository, type SourceRow } from './source.repository.ts';

export interface CreateSourceInput {
  displayName: string;
  config: SourceConfig;
  syncIntervalMinutes: number;
}

@Injectable()
export class CreateSource {
  constructor(
    @Inject(DATABASE) private readonly database: Database,
    private readonly sources: SourceRepository,
    private readonly check: CheckSourceConfig,
  ) {}

  /** A source with a schedule has its first sync at once. */
  async run(ctx: RequestContext, { displayName, config, syncIntervalMinutes }: CreateSourceInput): Promise<SourceRow> {
    await this.check.run(ctx, config);
    return this.database.tx(ctx, (tx) =>
      this.sources.insert(tx, {
        id: newId('src'),
        organizationId: ctx.organizationId,
        projectId: ctx.projectId,
        displayName,
        config: toJson(SourceConfigSchema, config),
        syncIntervalMinutes,
        nextSyncTime: syncIntervalMinutes > 0 ? new Date() : null,
        createdBy: ctx.actor,
      }),
    );
  }
}
