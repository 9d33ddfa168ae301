import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { drizzle } from 'drizzle-orm/node-postgres';
import { migrate as runMigrations } from 'drizzle-orm/node-postgres/migrator';
import pg from 'pg';
import type { Database } from './database.ts';

export interface MigrateOptions {
  /** `postgres://<service>_owner:…` */
  ownerUrl: string;
  service: string;
  /** The folder with the SQL files and `meta/_journal.json`. */
  folder: string;
}

/**
 * Applies what is missing of a service's migrations, all in one transaction, under an advisory lock: replicas that
 * start together wait for each other, and a migration stopped at any statement leaves nothing behind.
 */
export async function migrate({ ownerUrl, service, folder }: MigrateOptions): Promise<void> {
  const client = new pg.Client({ connectionString: ownerUrl });
  await client.connect();
  try {
    await client.query('select pg_advisory_lock(hashtext($1))', [`llmops-migrate-${service}`]);
    await runMigrations(drizzle(client), { migrationsFolder: folder, migrationsSchema: `${service}_meta` });
  } finally {
    await client.end();
  }
}

/** A service's `drizzle/`, for its `src/db/migrate.ts`: from there, and from the bundle in `dist/` that the file becomes part of. */
export const migrationsFolderOf = (moduleUrl: string): string =>
  fileURLToPath(new URL(moduleUrl.includes('/dist/') ? '../drizzle' : '../../drizzle', moduleUrl));

/** Whether the database holds at least the migrations in `folder`: a process stays unready until it does. */
export async function appliesSchema(db: Database, service: string, folder: string): Promise<boolean> {
  const journal = JSON.parse(await readFile(join(folder, 'meta/_journal.json'), 'utf8')) as {
    entries: { when: number }[];
  };
  const newest = Math.max(0, ...journal.entries.map((entry) => entry.when));
  const { rows } = await db.pool.query<{ newest: string | null }>(
    `select max(created_at) as newest from ${service}_meta.__drizzle_migrations`,
  );
  return Number(rows[0]?.newest ?? -1) >= newest;
}
