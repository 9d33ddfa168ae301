// Makes a clean clone ready: our own Node and pnpm, the dependencies, the bundles. Each step is skipped when nothing
// that it depends on has changed. Runs on the system's Node, 20 or newer.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { quietly, StageError, stage } from './stages.mjs';

export const root = join(import.meta.dirname, '..');
const toolchain = join(import.meta.dirname, 'toolchain');
const bin = join(toolchain, 'node_modules', '.bin');
/** Where our own Node does not run (there is no build of it for macOS), the user's must be as new as this. */
const OLDEST_NODE = 22;

/** Prepares everything. Returns the environment in which `node`, `pnpm` and the repository's tools are found. */
export async function bootstrap() {
  await stage('Toolchain', makeToolchain);
  const env = environment();
  await stage('Dependencies', () => installDependencies(env));
  await stage('Build', () => build(env));
  return env;
}

function environment() {
  const path = [bin, join(root, 'node_modules', '.bin'), process.env.PATH].join(delimiter);
  return { ...process.env, PATH: path, TURBO_TELEMETRY_DISABLED: '1', DO_NOT_TRACK: '1' };
}

async function makeToolchain() {
  const lock = hash([join(toolchain, 'package-lock.json')]);
  const stamp = join(toolchain, 'node_modules', '.lock-hash');
  if (read(stamp) !== lock) {
    await quietly('npm', ['ci', '--no-audit', '--no-fund'], { cwd: toolchain, env: process.env });
    writeFileSync(stamp, lock);
  }
  const version = nodeVersion();
  if (Number(version.split('.')[0]) < OLDEST_NODE) {
    throw new StageError(
      `This platform (${process.platform} ${process.arch}) needs your own Node ${OLDEST_NODE} or newer; this is ${version}.`,
    );
  }
  return `Node ${version}`;
}

/** Of the Node that the environment finds first; asked, because a binary for another libc is there and does not run. */
function nodeVersion() {
  try {
    return execFileSync(join(bin, 'node'), ['--version'], { encoding: 'utf8', stdio: 'pipe' }).trim().slice(1);
  } catch {
    return process.versions.node;
  }
}

async function installDependencies(env) {
  const manifests = workspaces().map((folder) => join(folder, 'package.json'));
  const lock = hash([join(root, 'pnpm-lock.yaml'), join(root, 'pnpm-workspace.yaml'), ...manifests]);
  const stamp = join(root, 'node_modules', '.install-hash');
  if (read(stamp) === lock && workspaces().every((folder) => existsSync(join(folder, 'node_modules'))))
    return 'unchanged';
  // CI: nobody is there to answer a question.
  await quietly('pnpm', ['install', '--frozen-lockfile'], { cwd: root, env: { ...env, CI: 'true' } });
  writeFileSync(stamp, lock);
}

async function build(env) {
  await quietly('turbo', ['run', 'build', '--output-logs=errors-only', '--ui=stream'], { cwd: root, env });
}

/** The folders with a package.json that pnpm-workspace.yaml names: `a/*` and plain ones. */
function workspaces() {
  const line = /^packages: \[(.*)\]$/m.exec(read(join(root, 'pnpm-workspace.yaml')) ?? '')?.[1] ?? '';
  const patterns = [...line.matchAll(/"([^"]+)"/g)].map((match) => match[1]);
  const folders = patterns.flatMap((pattern) => {
    if (!pattern.endsWith('/*')) return [join(root, pattern)];
    const parent = join(root, pattern.slice(0, -2));
    return existsSync(parent) ? readdirSync(parent).map((name) => join(parent, name)) : [];
  });
  return folders.filter((folder) => existsSync(join(folder, 'package.json'))).sort();
}

function hash(files) {
  const digest = createHash('sha256');
  for (const file of files) digest.update(readFileSync(file));
  return digest.digest('hex');
}

function read(file) {
  return existsSync(file) ? readFileSync(file, 'utf8') : undefined;
}
