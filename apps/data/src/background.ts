import { DatasetVersionCreatedSchema } from '@llmops/contracts/data/v1/dataset';
import { systemTenant } from '@llmops/db';
import { startTask } from '@llmops/platform';
import type { StartedService } from '@llmops/platform/database-service';
import { ensureEventStream } from '@llmops/platform/events';
import { announceIdleJobs, type JobHandler, JobWorker } from '@llmops/platform/jobs';
import { jobs, outbox } from './db/schema.ts';
import { PublishAnnotations, type PublishJobInput, publishJob } from './modules/annotation/index.ts';
import {
  type DeriveJobInput,
  deriveJob,
  type ImportJobInput,
  importJob,
  RunDerive,
  RunImport,
  SweepObjects,
} from './modules/dataset/index.ts';
import { jobHandler } from './modules/job/index.ts';
import { RunSync, SweepFiles, SyncDueSources, type SyncJobInput, syncJob } from './modules/source/index.ts';
import { VersionsConsumer, validationJobs } from './modules/validation/index.ts';

const upkeepMs = 60_000;
const sweepMs = 3_600_000;

interface JobKind {
  kind: string;
  handle: JobHandler;
}

/** What runs beside the calls: jobs, one of each kind at a time, and upkeep. */
export async function startBackground(started: StartedService): Promise<() => Promise<void>> {
  const { app, log, database, nats } = started;
  await ensureEventStream(nats, DatasetVersionCreatedSchema);
  const kinds: JobKind[] = [
    { ...importJob, handle: jobHandler<ImportJobInput>((job) => app.get(RunImport, { strict: false }).run(job)) },
    { ...deriveJob, handle: jobHandler<DeriveJobInput>((job) => app.get(RunDerive, { strict: false }).run(job)) },
    ...validationJobs(app),
    {
      ...publishJob,
      handle: jobHandler<PublishJobInput>((job) => app.get(PublishAnnotations, { strict: false }).publish(job)),
    },
    { ...syncJob, handle: jobHandler<SyncJobInput>((job) => app.get(RunSync, { strict: false }).run(job)) },
  ];
  const workers = kinds.map((each) => new JobWorker({ ...each, service: 'data', nats, database, jobs, log }));
  for (const worker of workers) await worker.start();
  const versions = app.get(VersionsConsumer, { strict: false });
  await versions.start();
  const stopUpkeep = startTask({
    log,
    name: 'upkeep',
    run: async () => {
      await database.tx(systemTenant, (tx) => announceIdleJobs(tx, { jobs, outbox }, 'data'));
      await app.get(SyncDueSources, { strict: false }).run();
    },
    everyMs: upkeepMs,
  });
  const stopSweep = startTask({
    log,
    name: 'sweep',
    run: async () => {
      await app.get(SweepObjects, { strict: false }).run();
      await app.get(SweepFiles, { strict: false }).run();
    },
    everyMs: sweepMs,
  });
  return async () => {
    await stopUpkeep();
    await stopSweep();
    await versions.stop();
    await Promise.all(workers.map((worker) => worker.stop()));
  };
}
