import type { MessageInitShape } from '@bufbuild/protobuf';
import { timestampFromDate } from '@bufbuild/protobuf/wkt';
import { DatasetVersion_Verdict as Verdict } from '@llmops/contracts/data/v1/dataset';
import {
  type CheckResultSchema,
  CheckResult_Outcome as Outcome,
  type ProfileSchema,
  Check_Severity as Severity,
  type ValidationReportSchema,
  type ValidationSuiteSchema,
} from '@llmops/contracts/data/v1/validation';
import { Job_State as State } from '@llmops/contracts/jobs/v1/job';
import type { JobRow } from '@llmops/db';
import { toJob } from '../job/index.ts';
import type { VersionProfile } from './get-profile.ts';
import type { ReportWithJob, StoredResult } from './report.repository.ts';
import type { SuiteRow } from './suite.repository.ts';
import { checksFromJson } from './suite-checks.ts';

export const verdictOf = {
  '': Verdict.UNSPECIFIED,
  passed: Verdict.PASSED,
  warned: Verdict.WARNED,
  blocked: Verdict.BLOCKED,
} as const;

const outcomes = { passed: Outcome.PASSED, failed: Outcome.FAILED, error: Outcome.ERROR } as const;

export const toSuite = (row: SuiteRow): MessageInitShape<typeof ValidationSuiteSchema> => ({
  id: row.id,
  displayName: row.displayName,
  description: row.description,
  checks: checksFromJson(row.checks),
  datasets: row.datasets,
  createTime: timestampFromDate(row.createTime),
  updateTime: timestampFromDate(row.updateTime),
});

/** Of a job that is no longer there the work was done, or is lost. */
export function jobPart(job: JobRow | null, done: boolean) {
  if (!job) return { state: done ? State.SUCCEEDED : State.FAILED, job: '', doneRows: 0n };
  const { state, error, id, done: doneRows } = toJob(job);
  return { state: state!, job: id!, doneRows: doneRows ?? 0n, ...(error && { error }) };
}

export function toReport({ report, job }: ReportWithJob): MessageInitShape<typeof ValidationReportSchema> {
  const { doneRows, ...part } = jobPart(job, report.verdict !== null);
  const total = BigInt(report.rowsTotal);
  return {
    ...part,
    id: report.id,
    dataset: report.datasetId,
    version: report.versionId,
    suite: report.suiteId,
    verdict: verdictOf[report.verdict ?? ''],
    results: (report.results ?? []).map(toResult),
    rowsChecked: report.verdict === null ? doneRows : total,
    rowsTotal: total,
    createTime: timestampFromDate(report.createTime),
    ...(report.endTime && { endTime: timestampFromDate(report.endTime) }),
  };
}

const toResult = (result: StoredResult): MessageInitShape<typeof CheckResultSchema> => ({
  name: result.name,
  kind: result.kind,
  severity: result.severity === 'block' ? Severity.BLOCK : Severity.WARN,
  outcome: outcomes[result.outcome],
  message: result.message,
  failedRows: BigInt(result.failedRows),
  columns: [...result.columns],
  findings: result.findings.map(({ rowId, rowIndex, column, value, message, otherRowId = '' }) => ({
    ...{ rowId, column, value, message, otherRowId },
    rowIndex: BigInt(rowIndex),
  })),
});

export function toProfile({ version, profile, job }: VersionProfile): MessageInitShape<typeof ProfileSchema> {
  const { state } = jobPart(job, profile !== null);
  if (!profile) return { version, state };
  return {
    version,
    state: State.SUCCEEDED,
    rowCount: BigInt(profile.rowCount),
    columns: profile.columns.map(({ maxLength, maxTokens, ...column }) => ({
      ...column,
      nullCount: BigInt(column.nullCount),
      distinctCount: BigInt(column.distinctCount),
      quantiles: [...column.quantiles],
      histogram: column.histogram.map(({ from, to, count }) => ({ from, to, count: BigInt(count) })),
      topValues: counts(column.topValues),
      languages: counts(column.languages),
      ...(maxLength !== undefined && { maxLength: BigInt(maxLength) }),
      ...(maxTokens !== undefined && { maxTokens: BigInt(maxTokens) }),
    })),
  };
}

const counts = (values: readonly { value: string; count: number }[]) =>
  values.map(({ value, count }) => ({ value, count: BigInt(count) }));
