import type { StoredResult } from './report.repository.ts';

export type ReportVerdict = 'passed' | 'warned' | 'blocked';

const rank: Readonly<Record<ReportVerdict, number>> = { passed: 0, warned: 1, blocked: 2 };

/** A check that could not be run counts as failed: what was not looked at is not known to be right. */
export const fails = ({ outcome }: Pick<StoredResult, 'outcome'>): boolean => outcome !== 'passed';

export const blocks = (result: Pick<StoredResult, 'outcome' | 'severity'>): boolean =>
  fails(result) && result.severity === 'block';

export function decideVerdict(results: readonly StoredResult[]): ReportVerdict {
  if (results.some(blocks)) return 'blocked';
  return results.some(fails) ? 'warned' : 'passed';
}

/** Of several suites: none can lift what another blocks. */
export const worstOf = (verdicts: readonly ReportVerdict[]): ReportVerdict =>
  verdicts.reduce((worst, verdict) => (rank[verdict] > rank[worst] ? verdict : worst), 'passed');
