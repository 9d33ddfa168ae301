import { fromJson, toJson } from '@bufbuild/protobuf';
import { type SourceConfig, SourceConfigSchema } from '@llmops/contracts/data/v1/source';
import type { Database } from '@llmops/db';
import { DATABASE } from '@llmops/platform';
import type { RequestContext } from '@llmops/platform/context';
import { Inject, Injectable } from '@nestjs/common';
import { CheckSourceConfig } from './check-source-config.ts';
import { sourceInvalid, sourceNotFound } from './source.errors.ts';
import { SourceRepository, type SourceRow } from './source.repository.ts';

export interface UpdateSourceInput {
  displayName?: string | undefined;
  config?: SourceConfig | undefined;
  syncIntervalMinutes?: number | undefined;
}

@Injectable()
export class UpdateSource {
  constructor(
    @Inject(DATABASE) private readonly database: Database,
    private readonly sources: SourceRepository,
    private readonly check: CheckSourceConfig,
  ) {}

  async run(ctx: RequestContext, id: string, input: UpdateSourceInput): Promise<SourceRow> {
    if (input.config) await this.check.run(ctx, input.config);
    return this.database.tx(ctx, async (tx) => {
      const source = await this.sources.find(tx, ctx.projectId, id, true);
      if (!source) throw sourceNotFound(id);
      const { displayName, config, syncIntervalMinutes: minutes } = input;
      if (config && config.kind.case !== fromJson(SourceConfigSchema, source.config).kind.case) {
        throw sourceInvalid('config', 'a source keeps its kind; make another source');
      }
      return this.sources.update(tx, source, {
        ...(displayName === undefined ? {} : { displayName }),
        ...(config ? { config: toJson(SourceConfigSchema, config) } : {}),
        ...(minutes === undefined
          ? {}
          : { syncIntervalMinutes: minutes, nextSyncTime: minutes > 0 ? new Date() : null }),
      });
    });
  }
}
