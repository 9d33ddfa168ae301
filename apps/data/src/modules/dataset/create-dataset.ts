import type { Database } from '@llmops/db';
import { DATABASE, newId } from '@llmops/platform';
import type { RequestContext } from '@llmops/platform/context';
import { Inject, Injectable } from '@nestjs/common';
import { DatasetRepository, type DatasetWithLatest } from './dataset.repository.ts';
import { GetDataset } from './get-dataset.ts';

@Injectable()
export class CreateDataset {
  constructor(
    @Inject(DATABASE) private readonly database: Database,
    private readonly datasets: DatasetRepository,
    private readonly getDataset: GetDataset,
  ) {}

  /** Empty: versions come by import. */
  async run(ctx: RequestContext, input: { displayName: string; description: string }): Promise<DatasetWithLatest> {
    const id = newId('ds');
    const { organizationId, projectId, actor } = ctx;
    const now = new Date();
    await this.database.tx(ctx, (tx) =>
      this.datasets.insert(tx, {
        id,
        organizationId,
        projectId,
        displayName: input.displayName,
        description: input.description,
        createdBy: actor,
        // Milliseconds, as page tokens hold them.
        createTime: now,
        updateTime: now,
      }),
    );
    return this.getDataset.run(ctx, id);
  }
}
