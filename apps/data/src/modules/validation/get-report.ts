import type { Database } from '@llmops/db';
import { DATABASE } from '@llmops/platform';
import type { RequestContext } from '@llmops/platform/context';
import { Inject, Injectable } from '@nestjs/common';
import { ReportRepository, type ReportWithJob } from './report.repository.ts';
import { reportNotFound } from './validation.errors.ts';

@Injectable()
export class GetReport {
  constructor(
    @Inject(DATABASE) private readonly database: Database,
    private readonly reports: ReportRepository,
  ) {}

  async run(ctx: RequestContext, dataset: string, id: string): Promise<ReportWithJob> {
    const row = await this.database.tx(ctx, (tx) => this.reports.get(tx, ctx.projectId, id));
    if (row?.report.datasetId !== dataset) throw reportNotFound(id);
    return row;
  }
}
