import { startTask } from '@llmops/platform';
import type { StartedService } from '@llmops/platform/database-service';
import { JobWorker } from '@llmops/platform/jobs';
import { jobs } from './db/schema.ts';
import { CheckArtifacts, FetchJob, fetchJob } from './modules/artifact/index.ts';
import { ReconcileBuckets } from './modules/publication/index.ts';

const upkeepMs = 600_000;

/** What runs beside the calls: fetches, and upkeep, which brings database and buckets in line with the disk. */
export async function startBackground({ app, log, database, nats }: StartedService): Promise<() => Promise<void>> {
  const worker = new JobWorker({
    ...fetchJob,
    nats,
    database,
    jobs,
    log,
    // A fetch tries every source with retries of its own; what failed is begun again by upkeep or a user.
    maxAttempts: 1,
    handle: (run) => app.get(FetchJob).handle(run),
  });
  await worker.start();
  const stopUpkeep = startTask({
    log,
    name: 'upkeep',
    run: async () => {
      await app.get(CheckArtifacts, { strict: false }).run();
      await app.get(ReconcileBuckets, { strict: false }).run();
    },
    everyMs: upkeepMs,
  });
  return async () => {
    await stopUpkeep();
    await worker.stop();
  };
}
