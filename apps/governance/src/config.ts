import { baseConfig, loadConfig } from '@llmops/platform';
import { z } from 'zod';

const serve = baseConfig.extend({
  DATABASE_URL: z.string().min(1),
  GOVERNANCE_SESSION_HOURS: z.coerce.number().positive().default(12),
});
const migrate = z.object({ DATABASE_OWNER_URL: z.string().min(1) });
const bootstrap = z.object({
  DATABASE_URL: z.string().min(1),
  GOVERNANCE_ADMIN_EMAIL: z.email().default('admin@llmops.local'),
  GOVERNANCE_RECOVER: z.stringbool().default(false),
});

export type ServeConfig = z.infer<typeof serve>;
export type MigrateConfig = z.infer<typeof migrate>;
export type BootstrapConfig = z.infer<typeof bootstrap>;

export const serveConfig = (): ServeConfig => loadConfig(serve, process.env);
export const migrateConfig = (): MigrateConfig => loadConfig(migrate, process.env);
export const bootstrapConfig = (): BootstrapConfig => loadConfig(bootstrap, process.env);
