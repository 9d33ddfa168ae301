import type { JobRun } from '@llmops/platform/jobs';
import { Injectable } from '@nestjs/common';
import { FollowSource } from './follow-source.ts';
import type { FollowInput } from './follow-sources.ts';

@Injectable()
export class FollowSourceJob {
  constructor(private readonly follow: FollowSource) {}

  async handle({ job, signal, progress }: JobRun): Promise<Record<string, unknown>> {
    const input = job.input as FollowInput;
    return { ...(await this.follow.run(job, input, signal, (state) => progress({ ...state }))) };
  }
}
