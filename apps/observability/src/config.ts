import { databaseConfig, loadConfig, ownerConfig } from '@llmops/platform';
import { z } from 'zod';

const serve = databaseConfig.extend({
  /** Traces, sessions and minute metrics are kept this long. */
  OBSERVABILITY_RETENTION_DAYS: z.coerce.number().int().min(1).max(3_650).default(30),
  /** Hourly metrics are kept this long. */
  OBSERVABILITY_METRICS_RETENTION_DAYS: z.coerce.number().int().min(1).max(3_650).default(400),
  /** How long calls are collected before they are written together. Traces show up this much later. */
  OBSERVABILITY_LINGER_MS: z.coerce.number().int().min(0).max(5_000).default(100),
});

export type ServeConfig = z.infer<typeof serve>;

export const serveConfig = (): ServeConfig => loadConfig(serve, process.env);
export const migrateConfig = () => loadConfig(ownerConfig, process.env);
