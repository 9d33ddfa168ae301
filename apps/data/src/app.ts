import { join } from 'node:path';
import { DataJobService, DatasetService } from '@llmops/contracts/data/v1/dataset';
import { UploadService } from '@llmops/contracts/data/v1/source';
import type { RunningService } from '@llmops/platform';
import { startDatabaseService } from '@llmops/platform/database-service';
import { FileObjects, OBJECTS } from '@llmops/platform/objects';
import { AppModule } from './app.module.ts';
import { startBackground } from './background.ts';
import type { ServeConfig } from './config.ts';
import { migrationsFolder } from './db/migrate.ts';
import { outbox } from './db/schema.ts';

/** Boots data; production and tests boot the same thing. */
export const createApp = (config: ServeConfig): Promise<RunningService> =>
  startDatabaseService({
    name: 'data',
    config,
    module: AppModule,
    services: [DatasetService, DataJobService, UploadService],
    migrationsFolder,
    outboxTable: outbox,
    providers: [{ provide: OBJECTS, useValue: new FileObjects(join(config.OBJECTS_DIR, 'data')) }],
    background: startBackground,
  });
