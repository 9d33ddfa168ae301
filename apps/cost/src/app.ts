import { services } from '@llmops/contracts';
import type { RunningService } from '@llmops/platform';
import { startDatabaseService } from '@llmops/platform/database-service';
import { AppModule } from './app.module.ts';
import { startBackground } from './background.ts';
import type { ServeConfig } from './config.ts';
import { migrationsFolder } from './db/migrate.ts';
import { PublishPrices } from './modules/price/index.ts';
import { CallsConsumer } from './modules/usage/index.ts';

/** Boots cost; production and tests boot the same thing. */
export const createApp = (config: ServeConfig): Promise<RunningService> =>
  startDatabaseService({
    name: 'cost',
    config,
    module: AppModule,
    services: services.cost,
    migrationsFolder,
    checks: (app) => ({
      consumer: () => (app.get(CallsConsumer).running ? undefined : 'the stream of calls is not there yet'),
      prices: () => (app.get(PublishPrices).done ? undefined : 'the price list is not published yet'),
    }),
    background: startBackground,
  });
