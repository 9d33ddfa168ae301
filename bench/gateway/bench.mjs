import { execFileSync, spawn } from 'node:child_process';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { answers } from '../lib/pinned-process.mjs';
import { processTree } from '../lib/process-tree.mjs';
import { measure, modes } from './measure.mjs';
import { startOurs } from './ours.mjs';
import { peers, peersRoot, upstream } from './peers.mjs';
import { printSummary, ratiosTo, summarise } from './summary.mjs';

export const about = 'what a call through the gateway costs, beside Portkey, LiteLLM and TensorZero';

const gatewayCore = 0;
const loadCore = 1;
const gatewayDir = resolve(import.meta.dirname, '../../apps/gateway');

/** Every target is up the whole time and each round loads all of them in turn, so that a busy minute hits all alike. */
export async function run(args) {
  const { values } = parseArgs({
    args,
    options: {
      rounds: { type: 'string', default: '3' },
      /** Peers to run, comma-separated; all that are installed unless told. */
      only: { type: 'string' },
      /** NAME=BUNDLE: another build of our gateway in the same run. */
      also: { type: 'string', multiple: true, default: [] },
    },
  });
  execFileSync('pnpm', ['exec', 'rolldown', '-c'], { cwd: gatewayDir, stdio: 'ignore' });
  const fake = await startUpstream();
  const targets = [{ name: 'direct', url: `${upstream.url}/chat/completions`, headers: {}, model: 'fake' }];
  try {
    for (const [name, start] of starters(values)) targets.push({ name, ...(await start()) });
    await sleep(3_000);
    for (const target of targets) if (target.pid) target.idleMb = processTree(target.pid).rssMb;
    for (const target of targets) await warmUp(target);
    const rows = await runRounds(targets, Number(values.rounds));
    await sleep(30_000);
    for (const target of targets) if (target.pid) target.laterMb = processTree(target.pid).rssMb;
    return await report(targets, rows);
  } finally {
    for (const target of targets) await target.stop?.();
    fake.kill();
  }
}

function* starters({ only, also }) {
  yield ['llmops', () => startOurs('llmops', join(gatewayDir, 'dist/main.mjs'), gatewayCore, loadCore)];
  for (const one of also) {
    const [name, bundle] = one.split('=');
    yield [name, () => startOurs(name, resolve(bundle), gatewayCore, loadCore)];
  }
  const wanted = only === undefined ? peers : peers.filter(({ name }) => only.split(',').includes(name));
  for (const peer of wanted) {
    if (peer.installed()) yield [peer.name, () => peer.start(gatewayCore)];
    else console.log(`SKIPPED ${peer.name}: not installed in ${peersRoot}; run bench/gateway/install-peers.sh`);
  }
}

/** Until the compilers have settled: a server that has just started costs twice as much a request. */
async function warmUp(target) {
  await measure(target, 'c16', loadCore, { requests: 4_000, timeLimitMs: 10_000 });
  await measure(target, 'sse', loadCore, { requests: 2_000, concurrency: 24, timeLimitMs: 10_000 });
}

async function runRounds(targets, rounds) {
  const rows = [];
  for (let round = 1; round <= rounds; round += 1) {
    for (const target of targets) {
      for (const mode of Object.keys(modes)) {
        const row = { round, ...(await measure(target, mode, loadCore)) };
        rows.push(row);
        target.loadedMb = row.rssMb || undefined;
        console.log(
          `round ${round} ${target.name.padEnd(10)} ${mode.padEnd(3)} ${row.ok} ok, ${row.failed} failed, CPU ${row.cpuMs.toFixed(3)} ms, p50 ${row.p50Ms} ms, load ${row.loadAverage}${row.why ? `, ${row.why}` : ''}`,
        );
      }
    }
  }
  return rows;
}

async function report(targets, rows) {
  const summary = summarise(targets, rows);
  const ours = summary.find(({ name }) => name === 'llmops');
  const ratios = summary.filter(({ name }) => !['direct', 'llmops'].includes(name)).map((peer) => ratiosTo(ours, peer));
  // Last, because they are what to read.
  ratios.sort(
    (a, b) =>
      Number(a.peer === 'litellm' || a.peer === 'portkey') - Number(b.peer === 'litellm' || b.peer === 'portkey'),
  );
  printSummary(summary, ratios);
  const { sent, recorded: countRecorded } = targets.find(({ name }) => name === 'llmops');
  const recorded = { sent, ...(await countRecorded()) };
  console.log(
    `recorded ${recorded.calls} of ${sent} calls, ${recorded.priced} with a price, in ${recorded.messages} messages`,
  );
  return { bench: 'gateway', targets: summary, recorded, ratios, rows };
}

async function startUpstream() {
  const options = JSON.stringify({ port: upstream.port, tokens: 16, chunkMs: 5 });
  const file = resolve(import.meta.dirname, '../lib/fake-upstream.mjs');
  const child = spawn('taskset', ['-c', String(loadCore), process.execPath, file, options], { stdio: 'inherit' });
  while (!(await answers(`${upstream.url}/models`))) {
    if (child.exitCode !== null) throw new Error(`The fake upstream did not start; is port ${upstream.port} taken?`);
    await sleep(50);
  }
  return child;
}
