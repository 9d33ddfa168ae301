import { baseConfig, loadConfig } from '@llmops/platform';
import { z } from 'zod';

const serve = baseConfig.extend({
  DATABASE_URL: z.string().min(1),
  /** Sums by minute are kept this long; the ledger and sums by hour for ever. */
  COST_MINUTE_RETENTION_DAYS: z.coerce.number().int().min(1).max(3_650).default(30),
  /** How long calls are collected before they are written together. */
  COST_LINGER_MS: z.coerce.number().int().min(0).max(5_000).default(200),
});
const migrate = z.object({ DATABASE_OWNER_URL: z.string().min(1) });

export type ServeConfig = z.infer<typeof serve>;
export type MigrateConfig = z.infer<typeof migrate>;

export const serveConfig = (): ServeConfig => loadConfig(serve, process.env);
export const migrateConfig = (): MigrateConfig => loadConfig(migrate, process.env);
