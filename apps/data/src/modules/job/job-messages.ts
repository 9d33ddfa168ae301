import type { MessageInitShape } from '@bufbuild/protobuf';
import { timestampFromDate } from '@bufbuild/protobuf/wkt';
import { Job_State, type JobSchema } from '@llmops/contracts/jobs/v1/job';
import type { JobRow } from '@llmops/db';

/** What our jobs write as their progress. */
export interface JobProgress {
  done?: number;
  /** 0 while it is not known. */
  total?: number;
  /** `rows`, `bytes` */
  unit?: string;
  message?: string;
  /** Of the attempt that failed. */
  error?: { code: string; message: string };
}

const stateOf: Record<JobRow['state'], Job_State> = {
  queued: Job_State.QUEUED,
  running: Job_State.RUNNING,
  succeeded: Job_State.SUCCEEDED,
  failed: Job_State.FAILED,
  cancelled: Job_State.CANCELLED,
};

export function toJob(row: JobRow): MessageInitShape<typeof JobSchema> {
  const progress = row.progress as JobProgress;
  const input = row.input as { resource?: string };
  const result = (row.result ?? {}) as { resource?: string };
  const failed = row.state === 'failed';
  return {
    id: row.id,
    kind: row.kind,
    state: stateOf[row.state],
    done: BigInt(progress.done ?? 0),
    total: BigInt(progress.total ?? 0),
    unit: progress.unit ?? '',
    message: progress.message ?? '',
    ...(failed ? { error: progress.error ?? { code: 'platform.internal', message: row.error ?? '' } } : {}),
    resource: result.resource ?? input.resource ?? '',
    createTime: timestampFromDate(row.createTime),
    updateTime: timestampFromDate(row.updateTime),
  };
}
