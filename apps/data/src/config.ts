import { databaseConfig, loadConfig, ownerConfig } from '@llmops/platform';
import { z } from 'zod';

const serve = databaseConfig.extend({
  /** Large files; ours lie under `data/`. */
  OBJECTS_DIR: z.string().min(1),
  /** Larger files come through a source. */
  DATA_MAX_UPLOAD_BYTES: z.coerce
    .number()
    .int()
    .positive()
    .default(4 * 1024 ** 3),
  /** How long an upload is kept for what is made of it. */
  DATA_UPLOAD_DAYS: z.coerce.number().positive().default(7),
});

export type ServeConfig = z.infer<typeof serve>;

export const serveConfig = (): ServeConfig => loadConfig(serve, process.env);
export const migrateConfig = () => loadConfig(ownerConfig, process.env);
