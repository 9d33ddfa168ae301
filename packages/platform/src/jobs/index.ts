export { announceIdleJobs, type EnqueueInput, enqueueJob, getJob, requestCancel } from './enqueue.ts';
export { type JobHandler, type JobRun, JobWorker } from './job-worker.ts';
