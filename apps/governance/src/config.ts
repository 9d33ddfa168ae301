import { databaseConfig, loadConfig, ownerConfig } from '@llmops/platform';
import { z } from 'zod';

const serve = databaseConfig.extend({
  /** Base64 of 32 bytes: seals the projects' secrets. */
  MASTER_KEY: z.string().refine((key) => Buffer.from(key, 'base64').length === 32, 'expected 32 bytes in base64'),
  GOVERNANCE_SESSION_HOURS: z.coerce.number().positive().default(12),
});
const bootstrap = z.object({
  DATABASE_URL: z.string().min(1),
  GOVERNANCE_ADMIN_EMAIL: z.email().default('admin@llmops.local'),
  GOVERNANCE_RECOVER: z.stringbool().default(false),
});

export type ServeConfig = z.infer<typeof serve>;
export type BootstrapConfig = z.infer<typeof bootstrap>;

export const serveConfig = (): ServeConfig => loadConfig(serve, process.env);
export const migrateConfig = () => loadConfig(ownerConfig, process.env);
export const bootstrapConfig = (): BootstrapConfig => loadConfig(bootstrap, process.env);
