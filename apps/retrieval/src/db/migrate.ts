import { migrate, migrationsFolderOf } from '@llmops/db';
import type { OwnerConfig } from '@llmops/platform';

export const migrationsFolder = migrationsFolderOf(import.meta.url);

export const migrateDatabase = (config: OwnerConfig): Promise<void> =>
  migrate({ ownerUrl: config.DATABASE_OWNER_URL, service: 'retrieval', folder: migrationsFolder });
