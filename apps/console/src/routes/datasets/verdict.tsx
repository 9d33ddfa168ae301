import type { DatasetVersion_Verdict } from '@llmops/contracts/data/v1/dataset';
import { Status } from '@llmops/ui';
import { verdicts } from './data-names.ts';

/** What validation said last. */
export function Verdict({ verdict }: { verdict: DatasetVersion_Verdict }) {
  const { tone, text } = verdicts[verdict];
  return <Status tone={tone}>{text}</Status>;
}
