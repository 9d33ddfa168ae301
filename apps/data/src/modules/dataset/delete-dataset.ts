import type { Database } from '@llmops/db';
import { DATABASE } from '@llmops/platform';
import type { RequestContext } from '@llmops/platform/context';
import { Inject, Injectable } from '@nestjs/common';
import { datasetNotFound, versionInUse } from './dataset.errors.ts';
import { DatasetRepository } from './dataset.repository.ts';
import { VersionRepository } from './version.repository.ts';

@Injectable()
export class DeleteDataset {
  constructor(
    @Inject(DATABASE) private readonly database: Database,
    private readonly datasets: DatasetRepository,
    private readonly versions: VersionRepository,
  ) {}

  /** With all its versions; their objects are swept later. Refused while versions of other datasets come from one. */
  async run(ctx: RequestContext, id: string): Promise<void> {
    await this.database.tx(ctx, async (tx) => {
      const dataset = await this.datasets.lock(tx, ctx.projectId, id);
      if (!dataset) throw datasetNotFound(id);
      const child = await this.versions.childElsewhere(tx, id);
      if (child) throw versionInUse(child.parent);
      await this.datasets.delete(tx, id);
    });
  }
}
