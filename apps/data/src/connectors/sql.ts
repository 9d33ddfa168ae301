import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import Cursor from 'pg-cursor';
import { originFailed } from './connector.errors.ts';
import type { Connector, RemoteItem } from './connector.ts';
import { type NetworkPolicy, resolveAllowed } from './network.ts';
import { once } from './once.ts';
import type { PathFilter } from './path-filter.ts';

export interface SqlOptions {
  /** `postgres://user:password@host/database` */
  url: string;
  query: string;
  /** Columns that name a row: each is then an item of its own, `rows/<key>.json`. */
  keyColumns: readonly string[];
}

type Row = Record<string, unknown>;

const batchRows = 500;
const timeoutMs = 600_000;
const closeMs = 2_000;

/**
 * Rows of a query against Postgres, in a transaction that reads only: one file of JSON lines, or with key columns a file
 * a row, so that a change of one row is a change of one item.
 */
export function sqlConnector(options: SqlOptions, network: NetworkPolicy, accepts: PathFilter): Connector {
  let client: Client | undefined;
  return {
    async *items(signal) {
      client = await connectTo(options.url, network, signal);
      const rows = rowsOf(client, options.query, signal);
      if (options.keyColumns.length === 0) yield whole(rows);
      else yield* byKey(rows, options.keyColumns, accepts);
    },
    close: async () => {
      // The server may have gone, or never say goodbye; what was read stands.
      await Promise.race([client?.end().catch(() => {}), sleep(closeMs, undefined, { ref: false })]);
      client?.connection.stream.destroy();
    },
  };
}

async function connectTo(text: string, network: NetworkPolicy, signal: AbortSignal): Promise<Client> {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  // Without a host the driver would take this machine.
  if (!url || !/^postgres(ql)?:$/.test(url.protocol) || url.hostname === '') {
    throw originFailed('secret: expected a connection string, postgres://user:password@host/database.');
  }
  let failure: unknown;
  for (const address of await resolveAllowed(url.hostname, network)) {
    signal.throwIfAborted();
    const client = clientAt(address, url);
    try {
      await client.connect();
      return client;
    } catch (error) {
      failure ??= error;
      client.connection.stream.destroy();
    }
  }
  throw originFailed(`Postgres: ${(failure as Error).message}`, failure);
}

function clientAt(address: string, url: URL): Client {
  const tls = url.searchParams.get('sslmode');
  const client = new Client({
    host: address,
    port: Number(url.port || 5432),
    user: decodeURIComponent(url.username),
    password: decodeURIComponent(url.password),
    database: decodeURIComponent(url.pathname.slice(1)),
    ...(tls && tls !== 'disable'
      ? { ssl: { servername: url.hostname, rejectUnauthorized: tls.startsWith('verify') } }
      : {}),
    connectionTimeoutMillis: 10_000,
    statement_timeout: timeoutMs,
    application_name: 'llmops',
  });
  client.on('error', () => {});
  return client;
}

async function* rowsOf(client: Client, query: string, signal: AbortSignal): AsyncGenerator<Row> {
  // A server that does not answer is left alone at once, not after its time.
  const hangUp = () => client.connection.stream.destroy();
  signal.addEventListener('abort', hangUp, { once: true });
  try {
    await client.query('begin transaction read only');
    const cursor = client.query(new Cursor<Row>(query));
    for (let rows = await cursor.read(batchRows); rows.length > 0; rows = await cursor.read(batchRows)) {
      signal.throwIfAborted();
      yield* rows;
    }
    await cursor.close();
    await client.query('commit');
  } catch (error) {
    signal.throwIfAborted();
    throw originFailed(`Postgres: ${(error as Error).message}`, error);
  } finally {
    signal.removeEventListener('abort', hangUp);
  }
}

const line = (row: Row): string =>
  JSON.stringify(row, (_, value: unknown) => (typeof value === 'bigint' ? String(value) : value));

/** Without a version: only its hash tells whether it is new. */
function whole(rows: AsyncIterable<Row>): RemoteItem {
  const read = async function* () {
    for await (const row of rows) yield Buffer.from(`${line(row)}\n`);
  };
  return { path: 'rows.jsonl', version: '', mediaType: 'application/x-ndjson', title: 'rows', read };
}

async function* byKey(
  rows: AsyncIterable<Row>,
  keys: readonly string[],
  accepts: PathFilter,
): AsyncGenerator<RemoteItem> {
  const seen = new Set<string>();
  for await (const row of rows) {
    const missing = keys.find((key) => row[key] === null || row[key] === undefined);
    if (missing !== undefined) throw originFailed(`key_columns: a row has no ${JSON.stringify(missing)}.`);
    const key = keys.map((name) => encodeURIComponent(String(row[name]))).join('/');
    const path = `rows/${key}.json`;
    if (seen.has(path)) throw originFailed(`key_columns: several rows are named ${key}; they must name one each.`);
    seen.add(path);
    const bytes = Buffer.from(line(row));
    const version = createHash('sha256').update(bytes).digest('hex');
    const item = { path, version, mediaType: 'application/json', title: key, sizeBytes: bytes.length };
    if (accepts(path)) yield { ...item, read: () => once(bytes) };
  }
}
