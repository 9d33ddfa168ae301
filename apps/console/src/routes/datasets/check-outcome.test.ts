import { CheckResult_Outcome as Outcome, Check_Severity as Severity } from '@llmops/contracts/data/v1/validation';
import { expect, test } from 'vitest';
import { bySeverity, outcomeLook } from './check-outcome.ts';

const result = (name: string, outcome: Outcome, severity = Severity.WARN) => ({ name, outcome, severity });

test('what blocks comes first, then warnings, then what is well, each in the order of the suite', () => {
  const results = [
    result('well', Outcome.PASSED, Severity.BLOCK),
    result('warns', Outcome.FAILED),
    result('blocks', Outcome.FAILED, Severity.BLOCK),
    result('warns too', Outcome.ERROR),
  ];
  expect(bySeverity(results).map(({ name }) => name)).toEqual(['blocks', 'warns', 'warns too', 'well']);
});

test('a failed check looks as bad as it is meant', () => {
  expect(outcomeLook(result('a', Outcome.FAILED)).tone).toBe('warning');
  expect(outcomeLook(result('a', Outcome.FAILED, Severity.BLOCK)).tone).toBe('danger');
  expect(outcomeLook(result('a', Outcome.ERROR)).text).toBe('Not run');
});
