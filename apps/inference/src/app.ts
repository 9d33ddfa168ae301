import { services } from '@llmops/contracts';
import {
  CONFIG,
  connectNats,
  createLogger,
  LOGGER,
  NATS,
  natsCheck,
  type RunningService,
  resourcesModule,
  startService,
} from '@llmops/platform';
import { AppModule } from './app.module.ts';
import type { ServeConfig } from './config.ts';
import { EngineRegistry, exportMetrics, watchArtifacts } from './modules/inference/index.ts';

/** Boots inference; production and tests boot the same thing. */
export async function createApp(config: ServeConfig): Promise<RunningService> {
  const log = createLogger('inference', config.LOG_LEVEL);
  const nats = await connectNats(config.NATS_URL, 'inference');
  const registry = new EngineRegistry(config, log);
  const artifacts = watchArtifacts(nats, log, registry);
  exportMetrics(registry);
  const resources = resourcesModule([
    { provide: CONFIG, useValue: config },
    { provide: NATS, useValue: nats },
    { provide: LOGGER, useValue: log },
    { provide: EngineRegistry, useValue: registry },
  ]);
  return startService({
    config,
    log,
    module: { module: AppModule, imports: [resources] },
    services: services.inference,
    checks: () => ({
      nats: natsCheck(nats),
      artifacts: () => (artifacts.ready ? undefined : 'not read yet'),
    }),
    close: async () => {
      artifacts.stop();
      await registry.close();
      await nats.drain();
    },
  });
}
