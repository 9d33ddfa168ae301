export { GetDataJob } from './data-jobs.ts';
export { JobModule } from './job.module.ts';
export { type DataJob, type JobInput, jobHandler } from './job-handler.ts';
export { type JobProgress, toJob } from './job-messages.ts';
