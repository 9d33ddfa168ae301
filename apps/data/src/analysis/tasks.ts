import { fromJson, type JsonValue } from '@bufbuild/protobuf';
import { CheckSchema } from '@llmops/contracts/data/v1/validation';
import type { CheckReport, CheckRow } from '../checks/index.ts';
import { SuiteRun } from '../checks/suite-run.ts';
import { type LeakItem, LeakSearch, type LeakSearchInput, type LeakSearchResult } from '../contamination/index.ts';
import {
  compareTables,
  type DriftItem,
  type MeaningDrift,
  meaningDrift,
  type TableComparison,
  type VectorItem,
} from '../drift/index.ts';
import type { TableProfile } from '../profile/index.ts';
import { TableProfiler } from '../profile/table-profiler.ts';
import type { Task, TaskRequest } from './protocol.ts';

/** What each task gives. */
interface TaskResults {
  /** Input `{checks}` in JSON form; items are rows. */
  checks: CheckReport[];
  /** Items are rows. */
  profile: TableProfile;
  /** Input `{columns}`. */
  drift: TableComparison;
  meaning: MeaningDrift[];
  leaks: LeakSearchResult;
}

export type TaskName = keyof TaskResults;
export type TaskResult<Name extends TaskName> = TaskResults[Name];

const tasks: { [Name in TaskName]: (input: never) => Task & { end(): TaskResults[Name] } } = {
  checks({ checks }: { checks: JsonValue[] }) {
    const suite = new SuiteRun(checks.map((check) => fromJson(CheckSchema, check)));
    return { take: (row) => suite.see(row as CheckRow), end: () => suite.end() };
  },
  profile() {
    const profiler = new TableProfiler();
    return { take: (row) => profiler.add((row as CheckRow).value), end: () => profiler.profile() };
  },
  drift({ columns }: { columns: string[] }) {
    const compared = compareTables(columns);
    return { take: (item) => compared.take(item as DriftItem), end: () => compared.end() };
  },
  meaning() {
    const compared = meaningDrift();
    return { take: (item) => compared.take(item as VectorItem), end: () => compared.end() };
  },
  leaks(input: LeakSearchInput) {
    const search = new LeakSearch(input);
    return { take: (item) => search.take(item as LeakItem), end: () => search.end() };
  },
};

export function startTask({ task, input }: TaskRequest): Task {
  const start = tasks[task as TaskName] as ((input: unknown) => Task) | undefined;
  if (!start) throw new Error(`there is no task ${task}`);
  return start(input);
}
