import type { Check } from '@llmops/contracts/data/v1/validation';
import type { Database, Transaction } from '@llmops/db';
import { DATABASE, newId } from '@llmops/platform';
import type { RequestContext } from '@llmops/platform/context';
import { Outbox } from '@llmops/platform/events';
import { enqueueJob } from '@llmops/platform/jobs';
import { Inject, Injectable } from '@nestjs/common';
import { jobs, outbox } from '../../db/schema.ts';
import { GetVersion, type TaggedVersion } from '../dataset/index.ts';
import type { JobInput } from '../job/index.ts';
import { defaultSuite } from './default-suite.ts';
import { GetReport } from './get-report.ts';
import { GetSuite } from './get-suite.ts';
import { ReportRepository, type ReportWithJob } from './report.repository.ts';
import { checkedChecks, checksFromJson, checksToJson } from './suite-checks.ts';

/** How a validation is queued. */
export const validateJob = { service: 'data', kind: 'validate-version' } as const;

export interface ValidateJobInput extends JobInput {
  /** `vr_…` */
  report: string;
}

@Injectable()
export class ValidateVersion {
  constructor(
    @Inject(DATABASE) private readonly database: Database,
    private readonly outbox: Outbox,
    private readonly getVersion: GetVersion,
    private readonly getSuite: GetSuite,
    private readonly reports: ReportRepository,
    private readonly getReport: GetReport,
  ) {}

  /** The suite as it is now, or the built-in one. */
  async run(
    ctx: RequestContext,
    { dataset, version, suite }: { dataset: string; version: string; suite: string },
  ): Promise<ReportWithJob> {
    const found = await this.getVersion.run(ctx, dataset, version);
    const checks =
      suite === '' ? checkedChecks(defaultSuite(found)) : checksFromJson((await this.getSuite.run(ctx, suite)).checks);
    const id = await this.database.tx(ctx, (tx) => this.begin(tx, ctx, found, suite, checks));
    this.outbox.poke();
    return this.getReport.run(ctx, dataset, id);
  }

  /** Writes the report and its job in the caller's transaction. Returns the report's id. */
  async begin(
    tx: Transaction,
    { organizationId, projectId, actor }: RequestContext,
    version: TaggedVersion,
    suiteId: string,
    checks: readonly Check[],
  ): Promise<string> {
    const report = newId('vr');
    const input: ValidateJobInput = { resource: version.datasetId, actor, report };
    const jobId = await enqueueJob(tx, { jobs, outbox }, { ...validateJob, organizationId, projectId, input });
    await this.reports.insert(tx, {
      id: report,
      organizationId,
      projectId,
      datasetId: version.datasetId,
      versionId: version.id,
      suiteId,
      checks: checksToJson(checks),
      jobId,
      rowsTotal: version.rowCount,
    });
    return report;
  }
}
