import { services } from '@llmops/contracts';
import type { RunningService } from '@llmops/platform';
import { startDatabaseService } from '@llmops/platform/database-service';
import { OBJECTS, openObjects } from '@llmops/platform/objects';
import { AppModule } from './app.module.ts';
import { startBackground } from './background.ts';
import type { ServeConfig } from './config.ts';
import { migrationsFolder } from './db/migrate.ts';
import { outbox } from './db/schema.ts';
import { INGEST_PROBE, type IngestProbe } from './modules/ingest/index.ts';
import { connectPeers } from './peers.ts';
import { WakeUp } from './wake-up.ts';

export interface Overrides {
  /** Awaited as a document enters a stage. */
  probe?: IngestProbe;
}

/** Boots retrieval; production and tests boot the same thing. */
export async function createApp(config: ServeConfig, overrides: Overrides = {}): Promise<RunningService> {
  const peers = connectPeers(config);
  return startDatabaseService({
    name: 'retrieval',
    config,
    module: AppModule,
    services: services.retrieval,
    migrationsFolder,
    outboxTable: outbox,
    providers: [
      { provide: OBJECTS, useValue: openObjects(config, 'retrieval') },
      { provide: WakeUp, useValue: new WakeUp() },
      { provide: INGEST_PROBE, useValue: overrides.probe ?? (async () => {}) },
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
