import { fromJson, type JsonValue } from '@bufbuild/protobuf';
import { CheckSchema } from '@llmops/contracts/data/v1/validation';
import type { CheckReport, CheckRow } from '../checks/index.ts';
import { SuiteRun } from '../checks/suite-run.ts';
import { loadVocabularies } from '../checks/text-measures.ts';
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

type TaskOf<Name extends TaskName> = Task & { end(): TaskResults[Name] };

const tasks: { [Name in TaskName]: (input: never) => TaskOf<Name> | Promise<TaskOf<Name>> } = {
  async checks({ checks }: { checks: JsonValue[] }) {
    const messages = checks.map((check) => fromJson(CheckSchema, check));
    if (messages.some(({ kind }) => kind.case === 'language' || kind.case === 'length')) await loadVocabularies();
    const suite = new SuiteRun(messages);
    return { take: (row) => suite.see(row as CheckRow), end: () => suite.end() };
  },
  async profile() {
    await loadVocabularies();
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

export async function startTask({ task, input }: TaskRequest): Promise<Task> {
  const start = tasks[task as TaskName] as ((input: unknown) => Task | Promise<Task>) | undefined;
  if (!start) throw new Error(`there is no task ${task}`);
  return start(input);
}
