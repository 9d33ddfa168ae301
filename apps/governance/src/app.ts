import { services } from '@llmops/contracts';
import { type RunningService, startTask } from '@llmops/platform';
import { startDatabaseService } from '@llmops/platform/database-service';
import { AppModule } from './app.module.ts';
import type { ServeConfig } from './config.ts';
import { migrationsFolder } from './db/migrate.ts';
import { outbox } from './db/schema.ts';
import { credentialsBucket, ReconcileCredentials } from './modules/credential/index.ts';

const hourMs = 3_600_000;

/** Boots governance; production and tests boot the same thing. */
export const createApp = (config: ServeConfig): Promise<RunningService> =>
  startDatabaseService({
    name: 'governance',
    config,
    module: AppModule,
    services: services.governance,
    migrationsFolder,
    outboxTable: outbox,
    buckets: [credentialsBucket],
    background: ({ app, log }) =>
      startTask({
        log,
        name: 'reconciling credentials',
        run: () => app.get(ReconcileCredentials).run(),
        everyMs: hourMs,
      }),
  });
