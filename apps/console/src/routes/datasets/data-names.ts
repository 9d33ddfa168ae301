import { DataFormat, RowShape, DatasetVersion_Verdict as Verdict } from '@llmops/contracts/data/v1/dataset';
import { Job_State as State } from '@llmops/contracts/jobs/v1/job';
import type { Tone } from '@llmops/ui';

export const formatNames: Record<DataFormat, string> = {
  [DataFormat.UNSPECIFIED]: '–',
  [DataFormat.JSONL]: 'JSONL',
  [DataFormat.JSON]: 'JSON',
  [DataFormat.CSV]: 'CSV',
  [DataFormat.TSV]: 'TSV',
  [DataFormat.PARQUET]: 'Parquet',
  [DataFormat.ARROW]: 'Arrow',
  [DataFormat.TEXT]: 'Text',
};

export const shapeNames: Record<RowShape, string> = {
  [RowShape.UNSPECIFIED]: '–',
  [RowShape.TABLE]: 'Table',
  [RowShape.OPENAI_CHAT]: 'Chat messages',
  [RowShape.SHAREGPT]: 'ShareGPT',
  [RowShape.ALPACA]: 'Instructions',
  [RowShape.PREFERENCE]: 'Preferences',
  [RowShape.QA]: 'Questions',
  [RowShape.TEXT]: 'Text',
};

interface Look {
  tone: Tone;
  text: string;
}

export const verdicts: Record<Verdict, Look> = {
  [Verdict.UNSPECIFIED]: { tone: 'neutral', text: 'Not validated' },
  [Verdict.PASSED]: { tone: 'success', text: 'Passed' },
  [Verdict.WARNED]: { tone: 'warning', text: 'Warnings' },
  [Verdict.BLOCKED]: { tone: 'danger', text: 'Blocked' },
};

export const jobStates: Record<State, Look> = {
  [State.UNSPECIFIED]: { tone: 'neutral', text: 'Queued' },
  [State.QUEUED]: { tone: 'neutral', text: 'Queued' },
  [State.RUNNING]: { tone: 'accent', text: 'Running' },
  [State.SUCCEEDED]: { tone: 'success', text: 'Done' },
  [State.FAILED]: { tone: 'danger', text: 'Failed' },
  [State.CANCELLED]: { tone: 'neutral', text: 'Cancelled' },
};

/** Whether work in this state still goes on. */
export const isActive = (state: State): boolean =>
  state === State.UNSPECIFIED || state === State.QUEUED || state === State.RUNNING;

const jobKinds: Record<string, string> = {
  'import-dataset': 'Import',
  'derive-dataset': 'New version',
  'publish-annotations': 'Labels published',
  'sync-source': 'Sync',
};

export const jobName = (kind: string): string => jobKinds[kind] ?? kind.replaceAll('-', ' ');
