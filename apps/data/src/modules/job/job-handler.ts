import { type RequestContext, systemContext } from '@llmops/platform/context';
import { isAppError } from '@llmops/platform/errors';
import type { JobHandler, JobRun } from '@llmops/platform/jobs';
import type { JobProgress } from './job-messages.ts';

/** What every job's input holds beside its own. */
export interface JobInput {
  /** What it works on, `ds_…`: jobs are listed by it. */
  resource: string;
  /** Who asked for it. */
  actor: string;
}

export interface DataJob<Input extends JobInput> {
  /** Of the project, as whoever asked; its signal ends with the job. */
  ctx: RequestContext;
  id: string;
  input: Input;
  progress(value: JobProgress): void;
}

const internal = {
  code: 'platform.internal',
  message: 'Something failed on our side; the log of the service says what.',
};

/** A job as a verb takes it. A failure is kept with its code, so that people and scripts see why. */
export const jobHandler =
  <Input extends JobInput>(work: (job: DataJob<Input>) => Promise<{ resource: string }>): JobHandler =>
  async ({ job, signal, progress }: JobRun) => {
    const input = job.input as Input;
    const { organizationId, projectId } = job;
    const ctx = systemContext({ organizationId, projectId, actor: input.actor, signal });
    let latest: JobProgress = {};
    const report = (value: JobProgress) => {
      latest = value;
      progress({ ...value });
    };
    try {
      return { ...(await work({ ctx, id: job.id, input, progress: report })) };
    } catch (error) {
      report({ ...latest, error: isAppError(error) ? { code: error.code, message: error.message } : internal });
      throw error;
    }
  };
