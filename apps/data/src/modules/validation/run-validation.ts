import { create } from '@bufbuild/protobuf';
import { DatasetVersion_Verdict as Verdict } from '@llmops/contracts/data/v1/dataset';
import { DatasetVersionValidatedSchema } from '@llmops/contracts/data/v1/validation';
import type { Database } from '@llmops/db';
import { DATABASE } from '@llmops/platform';
import type { RequestContext } from '@llmops/platform/context';
import { eventMessage, Outbox } from '@llmops/platform/events';
import { Inject, Injectable } from '@nestjs/common';
import { runTask } from '../../analysis/index.ts';
import type { CheckReport } from '../../checks/index.ts';
import { type OpenedVersion, OpenVersion, SetVerdict } from '../dataset/index.ts';
import type { DataJob } from '../job/index.ts';
import { decideVerdict, type ReportVerdict, worstOf } from './decide-verdict.ts';
import type { StoredResult } from './report.repository.ts';
import { ReportRepository, type ReportRow } from './report.repository.ts';
import { rowItems } from './row-items.ts';
import { runSqlCheck } from './sql-check.ts';
import { checksFromJson, checksToJson } from './suite-checks.ts';
import type { ValidateJobInput } from './validate-version.ts';
import { reportNotFound } from './validation.errors.ts';

const timeoutMs = 3_600_000;

@Injectable()
export class RunValidation {
  constructor(
    @Inject(DATABASE) private readonly database: Database,
    private readonly outbox: Outbox,
    private readonly openVersion: OpenVersion,
    private readonly setVerdict: SetVerdict,
    private readonly reports: ReportRepository,
  ) {}

  /** Fills the report; run again it starts over. */
  async run(job: DataJob<ValidateJobInput>): Promise<{ resource: string }> {
    const { ctx, input } = job;
    const found = await this.database.tx(ctx, (tx) => this.reports.get(tx, ctx.projectId, input.report));
    if (!found) throw reportNotFound(input.report);
    const { report } = found;
    const opened = await this.openVersion.run(ctx, report.versionId);
    const results = await withOtherRows(opened, await this.#results(job, report, opened));
    ctx.signal.throwIfAborted();
    await this.#keep(ctx, report, results);
    return { resource: report.id };
  }

  /** In the suite's order. */
  async #results(
    { ctx, progress }: DataJob<ValidateJobInput>,
    report: ReportRow,
    opened: OpenedVersion,
  ): Promise<CheckReport[]> {
    const checks = checksFromJson(report.checks);
    const plain = checks.filter(({ kind }) => kind.case !== 'sql');
    const found = await runTask({
      task: 'checks',
      input: { checks: checksToJson(plain) },
      items: rowItems(opened, ctx.signal, progress),
      timeoutMs,
      signal: ctx.signal,
    });
    const results: CheckReport[] = [];
    for (const check of checks) {
      const { kind } = check;
      if (kind.case !== 'sql') results.push(found[plain.indexOf(check)]!);
      else results.push(await runSqlCheck(check, kind.value.expression, opened, ctx.signal));
    }
    return results;
  }

  async #keep(ctx: RequestContext, report: ReportRow, results: StoredResult[]): Promise<void> {
    await this.database.tx(ctx, async (tx) => {
      await this.reports.lockVersion(tx, report.versionId);
      await this.reports.end(tx, report.id, { verdict: decideVerdict(results), results, endTime: new Date() });
      const newest = await this.reports.newestOfSuites(tx, ctx.projectId, report.versionId);
      const verdict = worstOf(newest.flatMap((each) => each.verdict ?? []));
      await this.setVerdict.run(tx, report.versionId, verdict);
      await this.outbox.add(tx, validatedEvent(ctx, report, verdict));
    });
    this.outbox.poke();
  }
}

/** Findings name the row they repeat by its id, too. */
async function withOtherRows(opened: OpenedVersion, reports: readonly CheckReport[]): Promise<StoredResult[]> {
  const indexes = reports.flatMap(({ findings }) => findings.flatMap(({ otherIndex }) => otherIndex ?? []));
  const rows = await opened.reader.at([...new Set(indexes)].sort((a, b) => a - b));
  const ids = new Map(rows.map(({ index, id }) => [index, id]));
  return reports.map((report) => ({
    ...report,
    findings: report.findings.map((finding) => {
      const otherRowId = finding.otherIndex === undefined ? undefined : ids.get(finding.otherIndex);
      return otherRowId === undefined ? finding : { ...finding, otherRowId };
    }),
  }));
}

const verdictOf: Readonly<Record<ReportVerdict, Verdict>> = {
  passed: Verdict.PASSED,
  warned: Verdict.WARNED,
  blocked: Verdict.BLOCKED,
};

const validatedEvent = (ctx: RequestContext, report: ReportRow, verdict: ReportVerdict) =>
  eventMessage(
    'data',
    DatasetVersionValidatedSchema,
    create(DatasetVersionValidatedSchema, {
      organizationId: ctx.organizationId,
      project: ctx.projectId,
      version: report.versionId,
      verdict: verdictOf[verdict],
      report: report.id,
    }),
    ctx,
  );
