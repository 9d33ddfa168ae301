import { type Database, decodeCursor, encodeCursor } from '@llmops/db';
import { DATABASE } from '@llmops/platform';
import type { RequestContext } from '@llmops/platform/context';
import { Inject, Injectable } from '@nestjs/common';
import { GetDataset, GetVersion } from '../dataset/index.ts';
import { ReportRepository, type ReportWithJob } from './report.repository.ts';

const defaultPageSize = 50;

@Injectable()
export class ListReports {
  constructor(
    @Inject(DATABASE) private readonly database: Database,
    private readonly reports: ReportRepository,
    private readonly getDataset: GetDataset,
    private readonly getVersion: GetVersion,
  ) {}

  /** Newest first; of one version where one is named. */
  async run(
    ctx: RequestContext,
    {
      dataset,
      version,
      pageSize,
      pageToken,
    }: { dataset: string; version: string; pageSize: number; pageToken: string },
  ): Promise<{ rows: ReportWithJob[]; nextPageToken: string }> {
    await this.getDataset.run(ctx, dataset);
    const versionId = version === '' ? '' : (await this.getVersion.run(ctx, dataset, version)).id;
    const limit = pageSize || defaultPageSize;
    const before = decodeCursor(pageToken, ['text'])?.[0];
    const rows = await this.database.tx(ctx, (tx) =>
      this.reports.list(tx, ctx.projectId, { datasetId: dataset, versionId }, limit + 1, before),
    );
    const page = rows.slice(0, limit);
    return { rows: page, nextPageToken: rows.length > limit ? encodeCursor([page.at(-1)!.report.id]) : '' };
  }
}
