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
import { ensureBucket } from '@llmops/platform/kv';
import { AppModule } from './app.module.ts';
import type { ServeConfig } from './config.ts';
import { migrationsFolder } from './db/migrate.ts';
import { outbox as outboxTable } from './db/schema.ts';
import { credentialsBucket, ReconcileCredentials } from './modules/credential/index.ts';

const hourMs = 3_600_000;

/** Boots governance; production and tests boot the same thing. */
export async function createApp(config: ServeConfig): Promise<RunningService> {
  const log = createLogger('governance', config.LOG_LEVEL);
  const database = createDatabase({ url: config.DATABASE_URL });
  const nats = await connectNats(config.NATS_URL, 'governance');
  await ensureBucket(nats, credentialsBucket);
  const outbox = new Outbox(database, outboxTable, nats, log);
  const resources = resourcesModule([
    { provide: CONFIG, useValue: config },
    { provide: DATABASE, useValue: database },
    { provide: NATS, useValue: nats },
    { provide: LOGGER, useValue: log },
    { provide: Outbox, useValue: outbox },
  ]);
  let timer: NodeJS.Timeout | undefined;
  const service = await startService({
    config,
    log,
    module: { module: AppModule, imports: [resources] },
    services: services.governance,
    checks: {
      database: async () =>
        (await appliesSchema(database, 'governance', migrationsFolder)) ? undefined : 'migrations are missing',
      nats: () => (nats.connection.isClosed() ? 'connection closed' : undefined),
    },
    close: async () => {
      clearInterval(timer);
      await outbox.stop();
      await nats.drain();
      await database.close();
    },
  });
  const reconcile = () =>
    service.app
      .get(ReconcileCredentials)
      .run()
      .catch((error: unknown) => log.warn({ err: error }, 'credentials not reconciled; trying again within the hour'));
  outbox.start();
  void reconcile();
  timer = setInterval(() => void reconcile(), hourMs);
  return service;
}
