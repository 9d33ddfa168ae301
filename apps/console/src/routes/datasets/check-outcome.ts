import {
  type CheckResult,
  CheckResult_Outcome as Outcome,
  Check_Severity as Severity,
} from '@llmops/contracts/data/v1/validation';
import type { Tone } from '@llmops/ui';

type Judged = Pick<CheckResult, 'outcome' | 'severity'>;

export function outcomeLook({ outcome, severity }: Judged): { tone: Tone; text: string } {
  if (outcome === Outcome.PASSED) return { tone: 'success', text: 'Passed' };
  if (outcome === Outcome.UNSPECIFIED) return { tone: 'neutral', text: 'Waiting' };
  if (outcome === Outcome.ERROR) return { tone: 'danger', text: 'Not run' };
  return severity === Severity.BLOCK ? { tone: 'danger', text: 'Failed' } : { tone: 'warning', text: 'Warning' };
}

const rank = ({ outcome, severity }: Judged): number => {
  if (outcome === Outcome.PASSED || outcome === Outcome.UNSPECIFIED) return 2;
  return severity === Severity.BLOCK ? 0 : 1;
};

/** What blocks first, then warnings, then what is well; in the suite's order within. */
export const bySeverity = <T extends Judged>(results: readonly T[]): T[] =>
  results.toSorted((a, b) => rank(a) - rank(b));
