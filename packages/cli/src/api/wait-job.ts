import { type Job, Job_State } from '@llmops/contracts/jobs/v1/job';
import { sleep } from '@llmops/embedded';
import type { Progress } from '../output/progress.ts';
import { CliError } from '../settings.ts';
import type { Connection } from './connect.ts';

/** Waits for a job of `data`; throws CliError with its reason when it fails or is cancelled. */
export async function waitJob({ llmops, project }: Connection, job: string, progress: Progress): Promise<Job> {
  for (;;) {
    const one = await llmops.dataJobs.getDataJob({ project, job });
    if (one.total > 0n) progress.at(Number(one.done), Number(one.total), one.unit);
    if (one.state === Job_State.SUCCEEDED) {
      progress.end();
      return one;
    }
    if (one.state === Job_State.FAILED || one.state === Job_State.CANCELLED) {
      progress.end();
      const reason = one.error ? `${one.error.message} (${one.error.code})` : Job_State[one.state].toLowerCase();
      throw new CliError(`${one.kind}: ${reason}`);
    }
    await sleep(200);
  }
}
