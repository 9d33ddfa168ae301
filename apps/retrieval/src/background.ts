import { systemTenant } from '@llmops/db';
import { startTask } from '@llmops/platform';
import type { StartedService } from '@llmops/platform/database-service';
import { announceIdleJobs, JobWorker } from '@llmops/platform/jobs';
import { jobs, outbox } from './db/schema.ts';
import { FinishBuilds, IngestWorker, MergeSegments, RemoveDeleted, ReportMetrics } from './modules/ingest/index.ts';
import { ProbeDue } from './modules/probe/index.ts';
import { FollowSourceJob, followJob, SourceConsumer } from './modules/source/index.ts';

const secondMs = 1_000;
const hourMs = 3_600_000;
/** Sources that are followed at once. */
const followers = 2;

/** What runs beside the calls: documents being indexed, sources being followed, upkeep. */
export async function startBackground({ app, log, database, nats }: StartedService): Promise<() => Promise<void>> {
  const worker = app.get(IngestWorker);
  const consumer = app.get(SourceConsumer);
  const follow = app.get(FollowSourceJob);
  const removal = app.get(RemoveDeleted);
  const jobWorkers = Array.from(
    { length: followers },
    // What it asks may be away for long; the work done so far is not done again.
    () =>
      new JobWorker({ ...followJob, nats, database, jobs, log, maxAttempts: 100, handle: (run) => follow.handle(run) }),
  );
  for (const each of jobWorkers) await each.start();
  worker.start();
  const every = (name: string, everyMs: number, run: () => Promise<unknown>) => startTask({ log, name, run, everyMs });
  const announce = () => database.tx(systemTenant, (tx) => announceIdleJobs(tx, { jobs, outbox }, 'retrieval'));
  const tasks = [
    startTask({ log, name: 'starting the consumer', run: () => consumer.start() }),
    every('finishing builds', secondMs, () => app.get(FinishBuilds).run()),
    every('merging segments', 2 * secondMs, () => app.get(MergeSegments).run()),
    every('removing what was deleted', 2 * secondMs, () => removal.run()),
    every('probing recall', 60 * secondMs, () => app.get(ProbeDue).run()),
    every('metrics', 30 * secondMs, () => app.get(ReportMetrics).run()),
    every('announcing jobs', 60 * secondMs, announce),
    every('sweeping', hourMs, () => removal.sweep()),
  ];
  return async () => {
    await Promise.all(tasks.map((stop) => stop()));
    await consumer.stop();
    await Promise.all(jobWorkers.map((each) => each.stop()));
    await worker.stop();
  };
}
