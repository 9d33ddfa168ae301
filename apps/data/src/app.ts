import { AnnotationService } from '@llmops/contracts/data/v1/annotation';
import { DataJobService, DatasetService } from '@llmops/contracts/data/v1/dataset';
import { SourceService, UploadService } from '@llmops/contracts/data/v1/source';
import { ValidationService } from '@llmops/contracts/data/v1/validation';
import type { RunningService } from '@llmops/platform';
import { startDatabaseService } from '@llmops/platform/database-service';
import { OBJECTS, openObjects } from '@llmops/platform/objects';
import { AppModule } from './app.module.ts';
import { startBackground } from './background.ts';
import type { ServeConfig } from './config.ts';
import { migrationsFolder } from './db/migrate.ts';
import { outbox } from './db/schema.ts';
import { connectPeers } from './peers.ts';

/** Boots data; production and tests boot the same thing. */
export function createApp(config: ServeConfig): Promise<RunningService> {
  const peers = connectPeers(config);
  return startDatabaseService({
    name: 'data',
    config,
    module: AppModule,
    services: [DatasetService, DataJobService, UploadService, SourceService, ValidationService, AnnotationService],
    migrationsFolder,
    outboxTable: outbox,
    providers: [{ provide: OBJECTS, useValue: openObjects(config, 'data') }, ...peers.providers],
    background: async (started) => {
      const stop = await startBackground(started);
      return async () => {
        await stop();
        peers.close();
      };
    },
  });
}
