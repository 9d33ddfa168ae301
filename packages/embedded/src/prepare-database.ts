import { readFile } from 'node:fs/promises';
import { Client, escapeIdentifier, escapeLiteral } from 'pg';
import { repoFile } from './repo-root.ts';

/** Services with a schema in `infra/postgres/roles.sql`; each has the roles `<service>_owner` and `<service>_app`. */
export const SERVICES_WITH_DATABASE = ['governance', 'data', 'models', 'retrieval', 'observability', 'cost'] as const;

export interface PrepareOptions {
  /** By role name, e.g. `{ cost_app: '…', cost_owner: '…' }`. Roles that are left out cannot log in. */
  passwords: Record<string, string>;
  /** `llmops` unless told. */
  database?: string;
}

/**
 * Makes the database, runs `infra/postgres/roles.sql` in it (schemas, roles, grants, pgvector) and sets the passwords.
 * Idempotent. Returns the superuser's address of that database.
 */
export async function prepareDatabase(superuserUrl: string, options: PrepareOptions): Promise<string> {
  const database = options.database ?? 'llmops';
  await query(superuserUrl, async (client) => {
    const found = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [database]);
    if (found.rowCount === 0) await client.query(`CREATE DATABASE ${escapeIdentifier(database)}`);
  });
  const url = new URL(superuserUrl);
  url.pathname = `/${database}`;
  await query(url.href, async (client) => {
    await client.query(await readFile(repoFile('infra/postgres/roles.sql'), 'utf8'));
    for (const [role, password] of Object.entries(options.passwords)) {
      await client.query(`ALTER ROLE ${escapeIdentifier(role)} PASSWORD ${escapeLiteral(password)}`);
    }
  });
  return url.href;
}

async function query(url: string, work: (client: Client) => Promise<void>): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
}
