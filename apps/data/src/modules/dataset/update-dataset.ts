import type { Database } from '@llmops/db';
import { DATABASE } from '@llmops/platform';
import type { RequestContext } from '@llmops/platform/context';
import { Inject, Injectable } from '@nestjs/common';
import { DatasetRepository, type DatasetWithLatest } from './dataset.repository.ts';
import { GetDataset } from './get-dataset.ts';

export interface DatasetChange {
  displayName?: string | undefined;
  description?: string | undefined;
}

@Injectable()
export class UpdateDataset {
  constructor(
    @Inject(DATABASE) private readonly database: Database,
    private readonly datasets: DatasetRepository,
    private readonly getDataset: GetDataset,
  ) {}

  /** What is absent stays. */
  async run(ctx: RequestContext, id: string, { displayName, description }: DatasetChange): Promise<DatasetWithLatest> {
    await this.getDataset.run(ctx, id);
    await this.database.tx(ctx, (tx) =>
      this.datasets.update(tx, id, {
        ...(displayName === undefined ? {} : { displayName }),
        ...(description === undefined ? {} : { description }),
      }),
    );
    return this.getDataset.run(ctx, id);
  }
}
