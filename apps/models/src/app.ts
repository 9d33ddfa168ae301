import { services } from '@llmops/contracts';
import type { RunningService } from '@llmops/platform';
import { startDatabaseService } from '@llmops/platform/database-service';
import { AppModule } from './app.module.ts';
import { startBackground } from './background.ts';
import type { ServeConfig } from './config.ts';
import { migrationsFolder } from './db/migrate.ts';
import { outbox } from './db/schema.ts';
import { artifactsBucket } from './modules/artifact/index.ts';
import { CATALOGUE, type CatalogueEntry, shippedCatalogue } from './modules/catalogue/index.ts';
import { routesBucket } from './modules/route/index.ts';

export interface Overrides {
  catalogue?: readonly CatalogueEntry[];
}

/** Boots models; production and tests boot the same thing. */
export const createApp = (config: ServeConfig, overrides: Overrides = {}): Promise<RunningService> =>
  startDatabaseService({
    name: 'models',
    config,
    module: AppModule,
    services: services.models,
    migrationsFolder,
    outboxTable: outbox,
    buckets: [artifactsBucket, routesBucket],
    providers: [{ provide: CATALOGUE, useValue: overrides.catalogue ?? shippedCatalogue }],
    background: startBackground,
  });
