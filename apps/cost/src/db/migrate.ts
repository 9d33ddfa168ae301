import { fileURLToPath } from 'node:url';
import { migrate } from '@llmops/db';
import type { MigrateConfig } from '../config.ts';

// The bundle is one level deep, this file two: the folder sits beside dist/ and src/.
const here = import.meta.url.includes('/dist/') ? '../drizzle' : '../../drizzle';
export const migrationsFolder = fileURLToPath(new URL(here, import.meta.url));

export const migrateDatabase = (config: MigrateConfig): Promise<void> =>
  migrate({ ownerUrl: config.DATABASE_OWNER_URL, service: 'cost', folder: migrationsFolder });
