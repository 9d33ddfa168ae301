import { type Check, Check_Severity as Severity } from '@llmops/contracts/data/v1/validation';
import type { CheckEnd, FoundFault } from './running-check.ts';

/** What a check found. */
export interface CheckReport {
  readonly name: string;
  /** The field of `Check.kind` in the proto: `near_duplicates` */
  readonly kind: string;
  readonly severity: 'warn' | 'block';
  /** `error`: it could not be run, `message` says why. */
  readonly outcome: 'passed' | 'failed' | 'error';
  readonly message: string;
  readonly failedRows: number;
  readonly columns: readonly string[];
  readonly findings: readonly FoundFault[];
}

/** The names given, or the kinds, with a number where one comes twice. */
export function namesOf(checks: readonly Check[]): string[] {
  const used = new Map<string, number>();
  return checks.map((check) => {
    const wanted = check.name || kindOf(check);
    const times = (used.get(wanted) ?? 0) + 1;
    used.set(wanted, times);
    return times === 1 ? wanted : `${wanted} ${times}`;
  });
}

export const kindOf = ({ kind }: Check): string =>
  (kind.case ?? '').replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

export function checkReport(check: Check, name: string, end: CheckEnd, rows: number): CheckReport {
  const failed = end.failed ?? end.failedRows > check.tolerance * rows;
  const { failedRows, findings, message } = end;
  return { ...commonOf(check, name), outcome: failed ? 'failed' : 'passed', message, failedRows, findings };
}

export function failedReport(check: Check, name: string, message: string): CheckReport {
  return { ...commonOf(check, name), outcome: 'error', message, failedRows: 0, findings: [] };
}

function commonOf(check: Check, name: string): Pick<CheckReport, 'name' | 'kind' | 'severity' | 'columns'> {
  const severity = check.severity === Severity.BLOCK ? 'block' : 'warn';
  return { name, kind: kindOf(check), severity, columns: columnsOf(check) };
}

function columnsOf({ kind }: Check): string[] {
  const { column, columns } = (kind.value ?? {}) as { column?: string; columns?: string[] };
  return column === undefined ? [...(columns ?? [])] : [column];
}
