import type { Check } from '@llmops/contracts/data/v1/validation';
import { type CheckReport, checkReport, failedReport, namesOf } from './check-report.ts';
import type { CheckRow } from './check-row.ts';
import type { RunningCheck } from './running-check.ts';
import { startCheck } from './start-check.ts';

interface Started {
  readonly check: Check;
  readonly name: string;
  readonly running?: RunningCheck;
  error?: string;
}

/** Runs the checks of a suite over rows that are given one by one. A check that breaks does not stop the others. */
export class SuiteRun {
  readonly #checks: Started[];
  #rows = 0;

  constructor(checks: readonly Check[]) {
    const names = namesOf(checks);
    this.#checks = checks.map((check, at) => {
      try {
        return { check, name: names[at]!, running: startCheck(check) };
      } catch (error) {
        return { check, name: names[at]!, error: messageOf(error) };
      }
    });
  }

  see(row: CheckRow): void {
    this.#rows++;
    for (const started of this.#checks) {
      if (started.error !== undefined) continue;
      try {
        started.running?.see(row);
      } catch (error) {
        started.error = `row ${row.index}: ${messageOf(error)}`;
      }
    }
  }

  end(): CheckReport[] {
    return this.#checks.map(({ check, name, running, error }) =>
      error === undefined
        ? checkReport(check, name, running!.end(this.#rows), this.#rows)
        : failedReport(check, name, error),
    );
  }
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
