import { existsSync } from 'node:fs';
import { chmod, chown, mkdir, readFile, readlink, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { Client } from 'pg';
import type { Binaries } from './binaries.ts';
import { config } from './config.ts';
import { EmbeddedError } from './embedded-error.ts';
import { isAlive, type Launch, launch, run, type ServerProcess, sleep, stopWith } from './process.ts';
import { isRoot, postgresUser, reachableDir } from './unprivileged.ts';

export interface PostgresOptions {
  binaries: Binaries;
  /**
   * Made on the first start. When we are root, the folder above it is opened for passing through; where that does not
   * help (a checkout in /root) a folder under /var/lib/llmops is used instead.
   */
  dataDir: string;
  port: number;
  /** Of the superuser `postgres`; set when the cluster is made. */
  password: string;
  /** False for throw-away servers in tests: no fsync. */
  durable?: boolean;
  /** More settings, e.g. `{ max_connections: '50' }`. */
  settings?: Record<string, string>;
  onLog?: (chunk: Buffer) => void;
}

export interface PostgresServer extends ServerProcess {
  /** `postgres://postgres:…@127.0.0.1:PORT/postgres`, the superuser's. */
  url: string;
  port: number;
  dataDir: string;
  /** Whether this start made the cluster. */
  created: boolean;
}

const READY_TIMEOUT_MS = 60_000;

/**
 * Starts Postgres 18 with pgvector on 127.0.0.1, making the cluster first if there is none. Waits until it answers,
 * through crash recovery too. Passwords are scram-sha-256; there is no unix socket.
 * @throws EmbeddedError `embedded.postgres_failed` with the end of its log
 */
export async function startPostgres(options: PostgresOptions): Promise<PostgresServer> {
  await openParent(options.dataDir);
  const dataDir = reachableDir(options.dataDir, '/var/lib/llmops');
  const isElsewhere = dataDir !== resolve(options.dataDir);
  const created = !existsSync(join(dataDir, 'PG_VERSION'));
  if (created) await initialise(options, dataDir);
  else await clearLeftovers(options, dataDir);
  const url = `postgres://postgres:${encodeURIComponent(options.password)}@127.0.0.1:${options.port}/postgres`;
  const running = await spawnUntilReady(options, dataDir, url);
  return {
    url,
    port: options.port,
    dataDir,
    created,
    pid: running.pid,
    exited: running.exited,
    // SIGINT is the fast shutdown: sessions are ended, the checkpoint is written.
    stop: async () => {
      await stopWith(running, [
        ['SIGINT', 15_000],
        ['SIGQUIT', 5_000],
        ['SIGKILL', 5_000],
      ]);
      // The caller removes its own folder and would never find this one.
      if (isElsewhere && options.durable === false) await rm(dataDir, { recursive: true, force: true });
    },
  };
}

/** As root, lets the unprivileged server pass through the folder above its data (mode 700 where mkdtemp made it). */
async function openParent(dataDir: string): Promise<void> {
  if (!isRoot()) return;
  const parent = dirname(resolve(dataDir));
  await mkdir(parent, { recursive: true, mode: 0o755 });
  const { mode } = await stat(parent);
  if ((mode & 0o001) === 0) await chmod(parent, mode | 0o001);
}

async function initialise(options: PostgresOptions, dataDir: string): Promise<void> {
  const user = postgresUser(dataDir);
  await mkdir(dirname(dataDir), { recursive: true, mode: 0o755 });
  // Made elsewhere and renamed: an interrupted initdb leaves nothing that looks like a cluster.
  const fresh = `${dataDir}.new`;
  await rm(fresh, { recursive: true, force: true });
  await rm(dataDir, { recursive: true, force: true });
  await mkdir(fresh, { mode: 0o700 });
  const passwordFile = `${fresh}/.password`;
  await writeFile(passwordFile, options.password, { mode: 0o600 });
  if (user) {
    await chown(fresh, user.uid, user.gid);
    await chown(passwordFile, user.uid, user.gid);
  }
  const cluster = join(fresh, 'cluster');
  const locale = ['-E', 'UTF8', '--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8'];
  const auth = ['-U', 'postgres', '-A', 'scram-sha-256', `--pwfile=${passwordFile}`];
  const durability = options.durable === false ? ['--no-sync'] : [];
  await run(join(options.binaries.postgresBin, 'initdb'), ['-D', cluster, ...auth, ...locale, ...durability], {
    ...user,
    cwd: '/',
    env: environment(),
  });
  await rename(cluster, dataDir);
  await rm(fresh, { recursive: true, force: true });
}

/** After kill -9 of whoever started it, an old server may still run on this folder, or its pid file may name a stranger. */
async function clearLeftovers(options: PostgresOptions, dataDir: string): Promise<void> {
  const pidFile = join(dataDir, 'postmaster.pid');
  const pid = Number((await readFile(pidFile, 'utf8').catch(() => '')).split('\n')[0]);
  if (!pid) return;
  if (await isPostgres(pid, options.binaries)) {
    process.kill(pid, 'SIGINT');
    // Asked by its executable: an orphan that nobody reaps stays a process with nothing behind it.
    for (let waited = 0; (await isPostgres(pid, options.binaries)) && waited < 15_000; waited += 50) await sleep(50);
    if (await isPostgres(pid, options.binaries)) process.kill(pid, 'SIGQUIT');
    return;
  }
  // Postgres itself refuses to start when the number in the file was given to another process since.
  await rm(pidFile, { force: true });
}

async function isPostgres(pid: number, binaries: Binaries): Promise<boolean> {
  const executable = await readlink(`/proc/${pid}/exe`).catch(() => undefined);
  // Without /proc we cannot tell; a server that runs must not lose its pid file.
  if (executable === undefined) return process.platform !== 'linux' && isAlive(pid);
  return executable === join(binaries.postgresBin, 'postgres');
}

async function spawnUntilReady(options: PostgresOptions, dataDir: string, url: string): Promise<Launch> {
  const deadline = Date.now() + READY_TIMEOUT_MS;
  for (;;) {
    const running = await launch(join(options.binaries.postgresBin, 'postgres'), serverArguments(options, dataDir), {
      ...postgresUser(dataDir),
      cwd: '/',
      env: environment(),
      onLog: options.onLog,
    });
    if (await ready(running, url, deadline)) return running;
    await stopWith(running, [['SIGKILL', 5_000]]);
    // Backends of a killed postmaster hold its shared memory for a moment.
    const retry = /pre-existing shared memory block|lock file "postmaster.pid" already exists/.test(running.tail());
    if (!retry || Date.now() > deadline) {
      throw new EmbeddedError('embedded.postgres_failed', `Postgres did not start:\n${running.tail()}`);
    }
    await sleep(200);
  }
}

async function ready(running: Launch, url: string, deadline: number): Promise<boolean> {
  let gone = false;
  void running.exited.then(() => {
    gone = true;
  });
  while (!gone && Date.now() < deadline) {
    const answer = await ask(url);
    await sleep(answer === 'yes' ? 0 : 30);
    if (gone) return false;
    if (answer === 'yes') return true;
    if (answer === 'wrong password') {
      await stopWith(running, [['SIGINT', 15_000]]);
      throw new EmbeddedError(
        'embedded.postgres_password',
        'Postgres refuses the superuser password: the data folder belongs to other secrets.',
      );
    }
  }
  return false;
}

async function ask(url: string): Promise<'yes' | 'no' | 'wrong password'> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 5_000 });
  client.on('error', () => {});
  try {
    await client.connect();
    await client.query('SELECT 1');
    return 'yes';
  } catch (error) {
    return (error as { code?: string }).code === '28P01' ? 'wrong password' : 'no';
  } finally {
    await client.end().catch(() => {});
  }
}

function serverArguments(options: PostgresOptions, dataDir: string): string[] {
  const settings: Record<string, string> = {
    listen_addresses: '127.0.0.1',
    port: String(options.port),
    unix_socket_directories: '',
    max_connections: '200',
    shared_buffers: '128MB',
    password_encryption: 'scram-sha-256',
    timezone: 'UTC',
    log_timezone: 'UTC',
    ...(options.durable === false ? { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' } : {}),
    ...options.settings,
  };
  return ['-D', dataDir, ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])];
}

const environment = (): NodeJS.ProcessEnv => ({ PATH: config.path(), LC_ALL: 'C', TZ: 'UTC' });
