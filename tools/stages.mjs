// Prints what a command does, stage by stage with times; runs on Node 20, before anything is installed.
import { spawn } from 'node:child_process';

const LONG_MS = 400;
const OUTPUT_BYTES = 20_000;

/** A stage failed; its output was printed. */
export class StageError extends Error {}

let current;

/** The process that runs now, told of the signals we get. */
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  process.on(signal, () => {
    if (current) current.kill(signal);
    else process.exit(128 + 2);
  });
}

/**
 * Runs `work` and prints `✓ name  1.2 s  detail`; before that `· name …` when it takes long.
 * @param {string} name
 * @param {() => Promise<string | undefined>} work returns a word on the outcome
 */
export async function stage(name, work) {
  const startedAt = Date.now();
  const line = (mark, detail = '') => {
    const seconds = ((Date.now() - startedAt) / 1000).toFixed(1).padStart(6);
    console.log(`${mark} ${name.padEnd(16)} ${seconds} s${detail && `  ${detail}`}`);
  };
  const announcement = setTimeout(() => console.log(`· ${name} …`), LONG_MS);
  try {
    const detail = await work();
    clearTimeout(announcement);
    line('✓', detail);
  } catch (error) {
    clearTimeout(announcement);
    line('✗');
    throw error;
  }
}

/**
 * Runs a command quietly; when it fails, throws with what it printed.
 * @param {string} file
 * @param {string[]} args
 * @param {import('node:child_process').SpawnOptions} options
 */
export async function quietly(file, args, options) {
  let output = '';
  const { code, signal } = await spawned(file, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] }, (chunk) => {
    output = (output + chunk).slice(-OUTPUT_BYTES);
  });
  if (code !== 0) throw new StageError(`${output.trim()}\n\n${file} ${args.join(' ')} ended with ${code ?? signal}`);
}

/**
 * Runs a command on our own terminal, passing signals on. Resolves with its exit code.
 * @param {string} file
 * @param {string[]} args
 * @param {import('node:child_process').SpawnOptions} options
 */
export async function openly(file, args, options) {
  const { code } = await spawned(file, args, { ...options, stdio: 'inherit' }, () => {});
  return code ?? 1;
}

function spawned(file, args, options, onOutput) {
  return new Promise((resolve, reject) => {
    const child = spawn(file, args, options);
    current = child;
    child.stdout?.on('data', onOutput);
    child.stderr?.on('data', onOutput);
    child.once('error', (error) => reject(new StageError(`${file}: ${error.message}`)));
    child.once('close', (code, signal) => {
      current = undefined;
      resolve({ code, signal });
    });
  });
}
