import { spawn } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { config } from './config.ts';

/** Everything a worker process is started with. */
export interface ParserInstall {
  python: string;
  /** Folder of `worker.py`. */
  programDir: string;
  /** Folder of the installed packages. */
  packagesDir: string;
}

const MARKER = '.complete';

/**
 * Installs the parser's pinned Python packages (40 MB from the package index, through `python3 -m pip`) unless they are
 * there; takes a millisecond when they are. Safe under concurrent callers: each installs into a folder of its own and
 * the first to rename it wins.
 */
export async function ensureParser(): Promise<ParserInstall> {
  const programDir = findProgram();
  // A container image brings them.
  const brought = join(programDir, 'packages');
  if (existsSync(join(brought, MARKER))) return { python: config.python(), programDir, packagesDir: brought };
  const requirements = join(programDir, 'requirements.txt');
  const digest = createHash('sha256')
    .update(await readFile(requirements))
    .digest('hex')
    .slice(0, 12);
  const packagesDir = join(config.cacheDir(), `parser-${digest}`);
  if (!existsSync(join(packagesDir, MARKER))) await install(requirements, packagesDir);
  return { python: config.python(), programDir, packagesDir };
}

/** Beside the bundle in an image, two folders up in a checkout. */
function findProgram(): string {
  const candidates = ['..', '../..'].map((up) => join(import.meta.dirname, up, 'parser'));
  const found = candidates.find((dir) => existsSync(join(dir, 'worker.py')));
  if (!found) throw new Error(`the parser program is missing: looked in ${candidates.join(' and ')}`);
  return found;
}

async function install(requirements: string, packagesDir: string): Promise<void> {
  const temporary = `${packagesDir}.${randomBytes(6).toString('hex')}`;
  await mkdir(dirname(packagesDir), { recursive: true, mode: 0o755 });
  try {
    await pipInstall(requirements, temporary);
    await writeFile(join(temporary, MARKER), '');
    await rename(temporary, packagesDir);
  } catch (error) {
    // Another caller was faster: its folder is as good as ours.
    if (!existsSync(join(packagesDir, MARKER))) throw error;
  } finally {
    await rm(temporary, { recursive: true, force: true });
  }
}

async function pipInstall(requirements: string, target: string): Promise<void> {
  // Wheels only: an sdist would run its build code here.
  const options =
    '--no-deps --only-binary :all: --no-input --quiet --disable-pip-version-check --root-user-action=ignore';
  const args = ['-m', 'pip', 'install', ...options.split(' '), '--target', target, '-r', requirements];
  const child = spawn(config.python(), args, { env: config.pipEnvironment(), stdio: ['ignore', 'ignore', 'pipe'] });
  let output = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    output = (output + text).slice(-4_000);
  });
  const needs = 'It needs Python 3.10 or newer with pip, a package index, and Linux on x86-64 or arm64.';
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject).once('close', resolve);
  }).catch((cause: Error) => {
    throw new Error(`fetching the document parser failed: ${config.python()} cannot be run. ${needs}`, { cause });
  });
  if (code !== 0) throw new Error(`fetching the document parser failed. ${needs}\n${output.trim()}`);
}
