import { drizzle, type NodePgDatabase } from 'drizzle-orm/node-postgres';
import pg from 'pg';
import type { Tenant } from './tenant.ts';

export type Transaction = NodePgDatabase<Record<string, never>> & { client: pg.PoolClient };

export interface Database {
  pool: pg.Pool;
  /**
   * Runs `work` in a transaction that sees only the tenant's rows; commits when it resolves, rolls back when it throws.
   * `client` on the transaction is the raw connection, for COPY.
   */
  tx<T>(tenant: Tenant, work: (tx: Transaction) => Promise<T>): Promise<T>;
  /** Resolves when a connection answers; rejects otherwise. */
  ping(): Promise<void>;
  close(): Promise<void>;
}

export interface DatabaseOptions {
  /** `postgres://<service>_app:…` */
  url: string;
  maxConnections?: number;
  statementTimeoutMs?: number;
}

/** A pool for one service's role. Connections are made on first use, so a service can start before its database. */
export function createDatabase({ url, maxConnections = 8, statementTimeoutMs = 30_000 }: DatabaseOptions): Database {
  const pool = new pg.Pool({
    connectionString: url,
    max: maxConnections,
    connectionTimeoutMillis: 5_000,
    statement_timeout: statementTimeoutMs,
    idle_in_transaction_session_timeout: 60_000,
  });
  // An idle connection that the server closes must not end the process; the next use makes a new one.
  pool.on('error', () => {});
  // Nor one that is in use: whoever uses it gets the error from its query.
  pool.on('connect', (client) => client.on('error', () => {}));

  const tx: Database['tx'] = async (tenant, work) => {
    const client = await pool.connect();
    let broken: Error | undefined;
    try {
      await begin(client, tenant);
      const handle = Object.assign(drizzle(client), { client }) as unknown as Transaction;
      const result = await work(handle);
      await client.query('commit');
      return result;
    } catch (error) {
      await client.query('rollback').catch((cause: Error) => {
        broken = cause;
      });
      throw error;
    } finally {
      // Released with an error, the pool destroys the connection: a failed BEGIN or ROLLBACK leaks nothing.
      client.release(broken);
    }
  };

  return {
    pool,
    tx,
    ping: async () => {
      await pool.query('select 1');
    },
    close: () => pool.end(),
  };
}

/** One round trip: BEGIN and the tenant, which row-level security reads. */
async function begin(client: pg.PoolClient, tenant: Tenant): Promise<void> {
  const organization = client.escapeLiteral(tenant.organizationId ?? '');
  const project = client.escapeLiteral(tenant.projectId ?? '');
  await client.query(
    `begin; select set_config('app.organization_id', ${organization}, true), set_config('app.project_id', ${project}, true)`,
  );
}
