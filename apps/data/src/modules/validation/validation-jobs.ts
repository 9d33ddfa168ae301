import type { JobHandler } from '@llmops/platform/jobs';
import type { INestApplicationContext } from '@nestjs/common';
import { jobHandler } from '../job/index.ts';
import { type CompareJobInput, contaminationJob, driftJob } from './compare-versions.ts';
import { type ProfileJobInput, profileJob } from './get-profile.ts';
import { RunContamination } from './run-contamination.ts';
import { RunDrift } from './run-drift.ts';
import { RunProfile } from './run-profile.ts';
import { RunValidation } from './run-validation.ts';
import { type ValidateJobInput, validateJob } from './validate-version.ts';

/** The kinds of job of this module and who does them. */
export const validationJobs = (app: INestApplicationContext): { kind: string; handle: JobHandler }[] => [
  {
    ...validateJob,
    handle: jobHandler<ValidateJobInput>((job) => app.get(RunValidation, { strict: false }).run(job)),
  },
  { ...profileJob, handle: jobHandler<ProfileJobInput>((job) => app.get(RunProfile, { strict: false }).run(job)) },
  {
    ...contaminationJob,
    handle: jobHandler<CompareJobInput>((job) => app.get(RunContamination, { strict: false }).run(job)),
  },
  { ...driftJob, handle: jobHandler<CompareJobInput>((job) => app.get(RunDrift, { strict: false }).run(job)) },
];
