import { spawn } from 'node:child_process';
import { mkdirSync, openSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { processTree } from './process-tree.mjs';

/**
 * Starts a server on one core and waits until `ready()` is true; its output goes to `logFile`.
 * Rejects when it ends before, or is not ready in time.
 */
export async function startPinned({ name, core, command, args, env = {}, cwd, logFile, ready, timeoutMs = 120_000 }) {
  mkdirSync(dirname(logFile), { recursive: true });
  const log = openSync(logFile, 'w');
  const startedAt = performance.now();
  const child = spawn('taskset', ['-c', String(core), command, ...args], {
    cwd,
    env: { ...process.env, ...env },
    stdio: ['ignore', log, log],
  });
  let gone = false;
  child.once('exit', () => {
    gone = true;
  });
  const stop = () => stopTree(child);
  while (!gone && performance.now() - startedAt < timeoutMs) {
    if (await ready()) return { pid: child.pid, startMs: Math.round(performance.now() - startedAt), stop };
    await sleep(50);
  }
  await stop();
  throw new Error(`${name} did not start; see ${logFile}`);
}

/** Whether something answers there with a status below 500. */
export async function answers(url) {
  try {
    return (await fetch(url, { signal: AbortSignal.timeout(1_000) })).status < 500;
  } catch {
    return false;
  }
}

async function stopTree(child) {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((resolve) => child.once('exit', resolve));
  const { pids } = processTree(child.pid);
  for (const pid of pids.reverse()) kill(pid, 'SIGTERM');
  const late = sleep(10_000, undefined, { ref: false }).then(() => kill(child.pid, 'SIGKILL'));
  await Promise.race([ended, late]);
}

function kill(pid, signal) {
  try {
    process.kill(pid, signal);
  } catch {
    // It is gone.
  }
}
