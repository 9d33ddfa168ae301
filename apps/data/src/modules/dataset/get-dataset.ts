import type { Database } from '@llmops/db';
import { DATABASE } from '@llmops/platform';
import type { RequestContext } from '@llmops/platform/context';
import { Inject, Injectable } from '@nestjs/common';
import { datasetNotFound } from './dataset.errors.ts';
import { DatasetRepository, type DatasetWithLatest } from './dataset.repository.ts';

@Injectable()
export class GetDataset {
  constructor(
    @Inject(DATABASE) private readonly database: Database,
    private readonly datasets: DatasetRepository,
  ) {}

  async run(ctx: RequestContext, id: string): Promise<DatasetWithLatest> {
    const dataset = await this.database.tx(ctx, (tx) => this.datasets.get(tx, ctx.projectId, id));
    if (!dataset) throw datasetNotFound(id);
    return dataset;
  }
}
