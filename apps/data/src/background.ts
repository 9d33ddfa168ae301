import { systemTenant } from '@llmops/db';
import { startTask } from '@llmops/platform';
import type { StartedService } from '@llmops/platform/database-service';
import { announceIdleJobs, type JobHandler, JobWorker } from '@llmops/platform/jobs';
import { jobs, outbox } from './db/schema.ts';

const upkeepMs = 60_000;

interface JobKind {
  kind: string;
  handle: JobHandler;
}

/** What runs beside the calls: jobs, one of each kind at a time, and upkeep. */
export async function startBackground(started: StartedService): Promise<() => Promise<void>> {
  const { log, database, nats } = started;
  const kinds: JobKind[] = [];
  const workers = kinds.map((each) => new JobWorker({ ...each, service: 'data', nats, database, jobs, log }));
  for (const worker of workers) await worker.start();
  const stopUpkeep = startTask({
    log,
    name: 'upkeep',
    run: () => database.tx(systemTenant, (tx) => announceIdleJobs(tx, { jobs, outbox }, 'data')),
    everyMs: upkeepMs,
  });
  return async () => {
    await stopUpkeep();
    await Promise.all(workers.map((worker) => worker.stop()));
  };
}
