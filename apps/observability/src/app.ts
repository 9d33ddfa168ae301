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
import { AppModule } from './app.module.ts';
import { startBackground } from './background.ts';
import type { ServeConfig } from './config.ts';
import { migrationsFolder } from './db/migrate.ts';
import { LiveTraces } from './modules/trace/index.ts';

/** Boots observability; production and tests boot the same thing. Postgres may be away: it is unready until it is there. */
export async function createApp(config: ServeConfig): Promise<RunningService> {
  const log = createLogger('observability', config.LOG_LEVEL);
  const database = createDatabase({ url: config.DATABASE_URL });
  const nats = await connectNats(config.NATS_URL, 'observability');
  const resources = resourcesModule([
    { provide: CONFIG, useValue: config },
    { provide: DATABASE, useValue: database },
    { provide: NATS, useValue: nats },
    { provide: LOGGER, useValue: log },
  ]);
  let background: ReturnType<typeof startBackground> | undefined;
  const service = await startService({
    config,
    log,
    module: { module: AppModule, imports: [resources] },
    services: services.observability,
    checks: {
      database: async () =>
        (await appliesSchema(database, 'observability', migrationsFolder)) ? undefined : 'migrations are missing',
      nats: () => (nats.connection.isClosed() ? 'connection closed' : undefined),
      consumer: () => (background?.consuming() ? undefined : 'the stream of calls is not there yet'),
    },
    close: async () => {
      await background?.stop();
      await nats.drain();
      await database.close();
    },
  });
  background = startBackground({ app: service.app, log });
  return {
    ...service,
    stop: () => {
      // Watches have no end of their own: without this the drain would wait for them.
      service.app.get(LiveTraces).end();
      return service.stop();
    },
  };
}
