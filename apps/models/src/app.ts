import { services } from '@llmops/contracts';
import { appliesSchema, createDatabase } from '@llmops/db';
import {
  CONFIG,
  connectNats,
  createLogger,
  DATABASE,
  LOGGER,
  NATS,
  type RunningService,
  resourcesModule,
  startService,
} from '@llmops/platform';
import { Outbox } from '@llmops/platform/events';
import { JobWorker } from '@llmops/platform/jobs';
import { ensureBucket } from '@llmops/platform/kv';
import { AppModule } from './app.module.ts';
import type { ServeConfig } from './config.ts';
import { migrationsFolder } from './db/migrate.ts';
import { jobs, outbox as outboxTable } from './db/schema.ts';
import { artifactsBucket, CheckArtifacts, FetchJob, fetchJob } from './modules/artifact/index.ts';
import { CATALOGUE, type CatalogueEntry, shippedCatalogue } from './modules/catalogue/index.ts';
import { ReconcileBuckets } from './modules/publication/index.ts';
import { routesBucket } from './modules/route/index.ts';
import { startUpkeep } from './upkeep.ts';

export interface Overrides {
  catalogue?: readonly CatalogueEntry[];
}

/** Boots models; production and tests boot the same thing. */
export async function createApp(config: ServeConfig, overrides: Overrides = {}): Promise<RunningService> {
  const log = createLogger('models', config.LOG_LEVEL);
  const database = createDatabase({ url: config.DATABASE_URL });
  const nats = await connectNats(config.NATS_URL, 'models');
  for (const bucket of [artifactsBucket, routesBucket]) await ensureBucket(nats, bucket);
  const outbox = new Outbox(database, outboxTable, nats, log);
  const resources = resourcesModule([
    { provide: CONFIG, useValue: config },
    { provide: CATALOGUE, useValue: overrides.catalogue ?? shippedCatalogue },
    { provide: DATABASE, useValue: database },
    { provide: NATS, useValue: nats },
    { provide: LOGGER, useValue: log },
    { provide: Outbox, useValue: outbox },
  ]);
  const worker = new JobWorker({
    ...fetchJob,
    nats,
    database,
    jobs,
    log,
    // A fetch tries every source with retries of its own; what failed is begun again by upkeep or a user.
    maxAttempts: 1,
    handle: (run) => service.app.get(FetchJob).handle(run),
  });
  let stopUpkeep = async () => {};
  const service = await startService({
    config,
    log,
    module: { module: AppModule, imports: [resources] },
    services: services.models,
    checks: {
      database: async () =>
        (await appliesSchema(database, 'models', migrationsFolder)) ? undefined : 'migrations are missing',
      nats: () => (nats.connection.isClosed() ? 'connection closed' : undefined),
    },
    close: async () => {
      await stopUpkeep();
      await worker.stop();
      await outbox.stop();
      await nats.drain();
      await database.close();
    },
  });
  await worker.start();
  outbox.start();
  stopUpkeep = startUpkeep(log, async () => {
    await service.app.get(CheckArtifacts, { strict: false }).run();
    await service.app.get(ReconcileBuckets, { strict: false }).run();
  });
  return service;
}
