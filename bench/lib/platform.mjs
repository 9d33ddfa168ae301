import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const root = resolve(import.meta.dirname, '../..');
const cli = join(root, 'packages/cli/dist/llmops.mjs');

/** Builds every service and the CLI as they are now. */
export const buildPlatform = () => run('pnpm', ['exec', 'turbo', 'run', 'build'], { cwd: root, maxBuffer: 1 << 26 });

/**
 * `llmops up` with all its state in `home`, on a free port; resolves when the default models serve.
 * `stages` has the milliseconds of each part of the start, by name.
 */
export async function startPlatform(home, env = {}) {
  const llmops = async (...args) => {
    const options = { env: { ...process.env, ...env }, maxBuffer: 1 << 24 };
    return (await run(process.execPath, [cli, ...args, '--home', home], options)).stdout;
  };
  const log = join(home, 'logs/supervisor.log');
  const before = readLines(log).length;
  const startedAt = performance.now();
  const summary = JSON.parse((await llmops('up', '--detach', '--json', '--port', '0')).trim().split('\n').at(-1));
  const totalMs = Math.round(performance.now() - startedAt);
  const events = readLines(log).slice(before).flatMap(parsed);
  const done = events.filter(({ type, state }) => type === 'stage' && state === 'done');
  return {
    totalMs,
    stages: new Map(done.map(({ name, ms }) => [name.trim(), ms])),
    warnings: summary.warnings,
    baseUrl: summary.baseUrl,
    apiKey: JSON.parse(readFileSync(summary.credentialsFile, 'utf8')).apiKey,
    status: async () => JSON.parse(await llmops('status', '--json')),
    stop: () => llmops('down'),
  };
}

function readLines(file) {
  try {
    return readFileSync(file, 'utf8').split('\n');
  } catch {
    return [];
  }
}

/** The supervisor's log has its events among other lines. */
function parsed(line) {
  try {
    return [JSON.parse(line)];
  } catch {
    return [];
  }
}
