import { services } from '@llmops/contracts';
import type { RunningService } from '@llmops/platform';
import { startDatabaseService } from '@llmops/platform/database-service';
import { AppModule } from './app.module.ts';
import { startBackground } from './background.ts';
import type { ServeConfig } from './config.ts';
import { migrationsFolder } from './db/migrate.ts';
import { CallsConsumer } from './modules/ingest/index.ts';
import { LiveTraces } from './modules/trace/index.ts';

/** Boots observability; production and tests boot the same thing. */
export async function createApp(config: ServeConfig): Promise<RunningService> {
  const service = await startDatabaseService({
    name: 'observability',
    config,
    module: AppModule,
    services: services.observability,
    migrationsFolder,
    checks: (app) => ({
      consumer: () => (app.get(CallsConsumer).running ? undefined : 'the stream of calls is not there yet'),
    }),
    background: startBackground,
  });
  return {
    ...service,
    stop: () => {
      // Watches have no end of their own: without this the drain would wait for them.
      service.app.get(LiveTraces).end();
      return service.stop();
    },
  };
}
