import { join } from 'node:path';
import type { RunningService } from '@llmops/platform';
import { startDatabaseService } from '@llmops/platform/database-service';
import { FileObjects, OBJECTS } from '@llmops/platform/objects';
import { AppModule } from './app.module.ts';
import { startBackground } from './background.ts';
import type { ServeConfig } from './config.ts';
import { migrationsFolder } from './db/migrate.ts';
import { outbox } from './db/schema.ts';
import { connectPeers } from './peers.ts';

/** Boots retrieval; production and tests boot the same thing. */
export async function createApp(config: ServeConfig): Promise<RunningService> {
  const peers = connectPeers(config);
  return startDatabaseService({
    name: 'retrieval',
    config,
    module: AppModule,
    services: [],
    migrationsFolder,
    outboxTable: outbox,
    providers: [
      { provide: OBJECTS, useValue: new FileObjects(join(config.OBJECTS_DIR, 'retrieval')) },
      ...peers.providers,
    ],
    background: async (started) => {
      const stop = await startBackground(started);
      return async () => {
        await stop();
        peers.close();
      };
    },
  });
}
