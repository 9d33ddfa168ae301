import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { loadAverage, processTree } from '../lib/process-tree.mjs';

const generator = join(import.meta.dirname, '../lib/load-generator.mjs');
const words = `Say hello in sixteen words please, ${'x'.repeat(200)}`;

/** One at a time; sixteen at once; four streams at once. */
export const modes = {
  c1: { concurrency: 1, requests: 800, warmUp: 50 },
  c16: { concurrency: 16, requests: 4_000, warmUp: 0 },
  sse: { concurrency: 4, requests: 300, warmUp: 4 },
};

/** Loads a target once from `core`; adds the CPU time that its process tree, and NATS, took for a request. */
export async function measure(target, mode, core, overrides = {}) {
  const body = { model: target.model, messages: [{ role: 'user', content: words }] };
  if (mode === 'sse') body.stream = true;
  const options = { url: target.url, headers: target.headers, body, timeLimitMs: 12_000, ...modes[mode], ...overrides };
  const before = cpuOf(target);
  const args = ['-c', String(core), process.execPath, generator, JSON.stringify(options)];
  const load = JSON.parse((await promisify(execFile)('taskset', args, { maxBuffer: 1 << 24 })).stdout);
  const after = cpuOf(target);
  target.sent = (target.sent ?? 0) + load.sent;
  return {
    target: target.name,
    mode,
    ...load,
    cpuMs: (after.cpuMs - before.cpuMs) / load.sent,
    natsCpuMs: target.natsPid ? (after.natsCpuMs - before.natsCpuMs) / load.sent : undefined,
    rssMb: after.rssMb,
    loadAverage: loadAverage(),
  };
}

function cpuOf({ pid, natsPid }) {
  const { cpuMs, rssMb } = pid ? processTree(pid) : { cpuMs: 0, rssMb: 0 };
  return { cpuMs, rssMb, natsCpuMs: natsPid ? processTree(natsPid).cpuMs : 0 };
}
