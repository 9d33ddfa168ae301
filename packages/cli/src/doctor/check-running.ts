import { Client } from 'pg';
import { readJson } from '../json-file.ts';
import { paths } from '../paths.ts';
import type { Secrets } from '../secrets.ts';
import type { Settings } from '../settings.ts';
import type { SupervisorStatus } from '../supervisor/supervisor.ts';
import { bad, type Finding, good } from './finding.ts';

const MANY_RESTARTS = 3;

/** What only shows while it runs: each process, and whether Postgres takes our password. */
export async function checkRunning(settings: Settings, status: SupervisorStatus): Promise<Finding[]> {
  const findings = status.services.map(({ name, ready, reason, restarts, port }) => {
    const look = `Look at "llmops logs ${name}".`;
    if (!ready) return bad(name, reason ?? 'is not ready', look);
    if (restarts >= MANY_RESTARTS) return bad(name, `ready, after ${restarts} restarts`, look);
    return good(name, `ready on port ${port}`);
  });
  return [...findings, await checkDatabase(settings, status)];
}

async function checkDatabase(settings: Settings, status: SupervisorStatus): Promise<Finding> {
  const port = status.services.find(({ name }) => name === 'postgres')?.port;
  const secrets = await readJson<Secrets>(paths(settings.home).secrets);
  const user = { user: 'postgres', password: secrets?.postgresPassword ?? '', database: 'llmops' };
  const client = new Client({ host: '127.0.0.1', port: port ?? 0, ...user, connectionTimeoutMillis: 5_000 });
  client.on('error', () => {});
  try {
    await client.connect();
    const { rows } = await client.query<{ v: string }>("SELECT current_setting('server_version') AS v");
    return good('database', `Postgres ${rows[0]?.v} answers`);
  } catch (error) {
    return bad(
      'database',
      `Postgres does not answer: ${error instanceof Error ? error.message : error}`,
      'Look at "llmops logs postgres".',
    );
  } finally {
    await client.end().catch(() => {});
  }
}
