import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { buildPlatform, startPlatform } from '../lib/platform.mjs';
import { loadAverage } from '../lib/process-tree.mjs';
import { table } from '../lib/table.mjs';

export const about = 'first and second start of the whole platform, and what each service holds when idle';

const settleMs = 10_000;

/** A first start makes the database and fetches the models; a second finds all of it. */
export async function run() {
  await buildPlatform();
  const home = mkdtempSync(join(tmpdir(), 'llmops-bench-'));
  try {
    const first = await startOnce(home);
    const second = await startOnce(home);
    report(first, second);
    return { bench: 'startup', first, second };
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}

async function startOnce(home) {
  const load = loadAverage();
  const platform = await startPlatform(home);
  try {
    await sleep(settleMs);
    const { services } = await platform.status();
    const memoryMb = Object.fromEntries(services.map((one) => [one.name, Math.round(one.memoryBytes / 2 ** 20)]));
    const { totalMs, warnings, stages } = platform;
    return { totalMs, warnings, stagesMs: Object.fromEntries(stages), memoryMb, loadAverage: load };
  } finally {
    await platform.stop();
  }
}

function report(first, second) {
  const seconds = (ms) => (ms === undefined ? undefined : (ms / 1_000).toFixed(2));
  const names = [...new Set([...Object.keys(first.stagesMs), ...Object.keys(second.stagesMs)])];
  const stages = names.map((name) => [name, seconds(first.stagesMs[name]), seconds(second.stagesMs[name])]);
  console.log('seconds to ready\n');
  console.log(table([['', 'first', 'second'], ...stages, ['all', seconds(first.totalMs), seconds(second.totalMs)]]));
  console.log('\nresident MB when idle, children included\n');
  const total = (memory) => Object.values(memory).reduce((sum, one) => sum + one, 0);
  const memory = Object.keys(second.memoryMb).map((name) => [name, first.memoryMb[name], second.memoryMb[name]]);
  console.log(table([['', 'first', 'second'], ...memory, ['all', total(first.memoryMb), total(second.memoryMb)]]));
  console.log(`\nload at the start: ${first.loadAverage}, ${second.loadAverage}`);
  for (const warning of [...first.warnings, ...second.warnings]) console.log(`! ${warning}`);
}
