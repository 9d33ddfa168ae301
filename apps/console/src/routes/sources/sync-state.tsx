import type { SourceSync } from '@llmops/contracts/data/v1/source';
import { Job_State } from '@llmops/contracts/jobs/v1/job';
import { Status } from '@llmops/ui';
import { jobStates } from '../datasets/data-names.ts';

/** How a sync stands; one that could not read everything is not simply done. */
export function SyncState({ sync }: { sync: SourceSync | undefined }) {
  if (!sync) return <Status tone="neutral">Never</Status>;
  if (sync.state === Job_State.SUCCEEDED && sync.failed > 0n) {
    return <Status tone="warning">Done, {String(sync.failed)} not read</Status>;
  }
  const { tone, text } = jobStates[sync.state];
  return (
    <Status tone={tone} pulse={sync.state === Job_State.RUNNING}>
      {text}
    </Status>
  );
}
