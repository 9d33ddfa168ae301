import { closeSync, mkdtempSync, openSync, readdirSync, readSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { buildPlatform, startPlatform } from '../lib/platform.mjs';
import { loadAverage, processTree } from '../lib/process-tree.mjs';
import { median, round } from '../lib/statistics.mjs';
import { table } from '../lib/table.mjs';
import { loadBareEngine } from './bare-engine.mjs';
import { nextMessages } from './prompts.mjs';
import { askStack } from './stack-client.mjs';

export const about = 'tokens a second through the whole stack against the bare engine in one process';

const goal = 0.95;
const maxTokens = 128;
/** The same for both sides. */
const engine = { sequences: 8, contextTokens: 1_024, batchTokens: 256, threads: 1 };

/** Both sides take turns in every round, so that other work on the machine hits them alike. */
export async function run(args) {
  const { values } = parseArgs({ args, options: { rounds: { type: 'string', default: '5' } } });
  await buildPlatform();
  const home = mkdtempSync(join(tmpdir(), 'llmops-bench-'));
  const platform = await startPlatform(home, {
    INFERENCE_SLOTS: String(engine.sequences),
    INFERENCE_CONTEXT_TOKENS: String(engine.contextTokens),
    INFERENCE_BATCH_TOKENS: String(engine.batchTokens),
    INFERENCE_THREADS: String(engine.threads),
    INFERENCE_GPU: 'off',
  });
  try {
    const { pid } = await platform.status();
    const bare = await loadBareEngine({ ...engine, modelPath: findGguf(join(home, 'objects')) });
    // The client's own work is counted with the side that needs it.
    const sides = {
      bare: { answer: (messages) => bare.answer(messages, maxTokens), pids: [process.pid] },
      stack: { answer: (messages) => askStack(platform, messages, maxTokens), pids: [process.pid, pid] },
    };
    const results = [];
    for (const streams of [1, 4, 8]) results.push(await compare(sides, streams, Number(values.rounds)));
    await bare.close();
    report(results);
    return { bench: 'inference', goal, maxTokens, engine, results };
  } finally {
    await platform.stop();
    rmSync(home, { recursive: true, force: true });
  }
}

async function compare(sides, streams, rounds) {
  const runs = { bare: [], stack: [] };
  for (const side of Object.values(sides)) await measure(side, streams);
  for (let i = 0; i < rounds; i += 1) {
    for (const [name, side] of Object.entries(sides)) runs[name].push(await measure(side, streams));
  }
  const of = (name, key) => median(runs[name].map((run) => run[key]));
  // Of each round's pair: a round has one moment's load, a median of one side has another's.
  const ratio = (key) => round(median(runs.stack.map((run, i) => run[key] / runs.bare[i][key])), 3);
  const side = (name) => ({
    perSecond: round(of(name, 'perSecond'), 1),
    perCpuSecond: round(of(name, 'perCpuSecond'), 1),
    read: of(name, 'read'),
    written: of(name, 'written'),
  });
  const ratios = { perSecond: ratio('perSecond'), perCpuSecond: ratio('perCpuSecond') };
  console.log(
    `${streams} streams: ratio ${ratios.perSecond}, of a CPU second ${ratios.perCpuSecond}, load ${loadAverage()}`,
  );
  return { streams, bare: side('bare'), stack: side('stack'), ratios, loadAverage: loadAverage() };
}

async function measure({ answer, pids }, streams) {
  const cpuMs = () => pids.reduce((sum, pid) => sum + processTree(pid).cpuMs, 0);
  await sleep(300);
  const before = cpuMs();
  const startedAt = performance.now();
  const answers = await Promise.all(Array.from({ length: streams }, () => answer(nextMessages())));
  const seconds = (performance.now() - startedAt) / 1_000;
  const sum = (key) => answers.reduce((total, one) => total + one[key], 0);
  const written = sum('written');
  return {
    perSecond: written / seconds,
    perCpuSecond: written / ((cpuMs() - before) / 1_000),
    read: Math.round(sum('read') / streams),
    written: Math.round(written / streams),
  };
}

function report(results) {
  const head = [
    'streams',
    'bare tok/s',
    'stack tok/s',
    'ratio',
    'bare tok/CPU s',
    'stack tok/CPU s',
    'ratio',
    'read',
    'written',
  ];
  const rows = results.map(({ streams, bare, stack, ratios }) => [
    streams,
    bare.perSecond,
    stack.perSecond,
    ratios.perSecond,
    bare.perCpuSecond,
    stack.perCpuSecond,
    ratios.perCpuSecond,
    `${bare.read}/${stack.read}`,
    `${bare.written}/${stack.written}`,
  ]);
  console.log(`\n${table([head, ...rows])}\n`);
  for (const { streams, ratios } of results) {
    console.log(
      `${streams} streams: ${ratios.perSecond} (goal ${goal}: ${ratios.perSecond >= goal ? 'met' : 'MISSED'})`,
    );
  }
}

/** The one language model among the installation's files. */
function findGguf(folder) {
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    if (entry.isFile() && startsWith(path, 'GGUF')) return path;
  }
  throw new Error(`no GGUF file below ${folder}`);
}

function startsWith(path, text) {
  const file = openSync(path, 'r');
  try {
    const bytes = Buffer.alloc(text.length);
    readSync(file, bytes, 0, text.length, 0);
    return bytes.toString('latin1') === text;
  } finally {
    closeSync(file);
  }
}
