import { systemTenant } from '@llmops/db';
import { startTask } from '@llmops/platform';
import type { StartedService } from '@llmops/platform/database-service';
import { announceIdleJobs } from '@llmops/platform/jobs';
import { jobs, outbox } from './db/schema.ts';

const upkeepMs = 60_000;

/** What runs beside the calls. */
export async function startBackground({ log, database }: StartedService): Promise<() => Promise<void>> {
  const stopUpkeep = startTask({
    log,
    name: 'upkeep',
    run: () => database.tx(systemTenant, (tx) => announceIdleJobs(tx, { jobs, outbox }, 'retrieval')),
    everyMs: upkeepMs,
  });
  return async () => {
    await stopUpkeep();
  };
}
