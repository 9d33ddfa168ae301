import { databaseConfig, loadConfig, ownerConfig } from '@llmops/platform';
import { z } from 'zod';

const serve = databaseConfig.extend({
  /** Large files; ours lie under `data/`. */
  OBJECTS_DIR: z.string().min(1),
});

export type ServeConfig = z.infer<typeof serve>;

export const serveConfig = (): ServeConfig => loadConfig(serve, process.env);
export const migrateConfig = () => loadConfig(ownerConfig, process.env);
