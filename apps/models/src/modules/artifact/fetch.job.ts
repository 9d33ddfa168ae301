import type { JobRun } from '@llmops/platform/jobs';
import { Injectable } from '@nestjs/common';
import { RunFetch } from './run-fetch.ts';

/** How a fetch is queued; its input is `{model}`. */
export const fetchJob = { service: 'models', kind: 'fetch-model' } as const;

@Injectable()
export class FetchJob {
  constructor(private readonly fetch: RunFetch) {}

  async handle({ job, signal, progress }: JobRun): Promise<Record<string, unknown>> {
    const { model } = job.input as { model: string };
    return { ...(await this.fetch.run(model, signal, (state) => progress({ ...state }))) };
  }
}
