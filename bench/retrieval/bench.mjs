import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { loadAverage } from '../lib/process-tree.mjs';
import { median, quantile, round } from '../lib/statistics.mjs';
import { table } from '../lib/table.mjs';
import { ask, load, withDatabase } from './our-vectors.mjs';
import { dimensions, exactNearest, filters, k, makeData, readData } from './vector-data.mjs';

export const about = 'nearest vectors, plain and filtered, and how they grow, beside Chroma and LanceDB';

const peersRoot = process.env['PEERS_ROOT'] ?? join(tmpdir(), 'llmops-peers');
const peers = { chroma: 'chroma', lancedb: 'vecs' };
const python = (venv) => join(peersRoot, 'venvs', venv, 'bin', 'python');

export async function run(args) {
  const { values } = parseArgs({
    args,
    options: {
      n: { type: 'string', default: '20000' },
      rounds: { type: 'string', default: '3' },
      grow: { type: 'string', default: '1000,10000,100000' },
      queries: { type: 'string', default: '200' },
    },
  });
  const count = Number(values.n);
  const folder = mkdtempSync(join(tmpdir(), 'llmops-vectors-'));
  try {
    return await withDatabase(async (database) => {
      const data = dataOf(folder, count);
      const besides = await beside(database, data, { ...values, count, folder });
      const growth = [];
      for (const size of values.grow.split(',').filter(Boolean)) growth.push(await grow(database, Number(size)));
      print(besides, growth);
      return { bench: 'retrieval', count, ...besides, growth };
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The peers' own numbers where Python is there, so that all search the same. */
function dataOf(folder, count) {
  if (!existsSync(python('vecs'))) return makeData(count);
  peer('data', 'vecs', folder, count);
  return readData(folder);
}

function peer(engine, venv, folder, count) {
  const script = new URL('peer-vectors.py', import.meta.url).pathname;
  const { status, stdout, stderr } = spawnSync(python(venv), [script, engine, folder, '--n', String(count)], {
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`${engine}: ${stderr.slice(-2_000)}`);
  return JSON.parse(stdout.trim().split('\n').at(-1));
}

async function beside(database, data, { rounds, count, folder }) {
  const index = await load(database, data.stored);
  const results = { ours: [] };
  for (let at = 0; at < Number(rounds); at += 1) {
    const ours = { loadS: index.loadS + index.buildS };
    for (const filter of filters) ours[filter.name] = await measure(database, index, data, filter);
    results.ours.push(ours);
    for (const [engine, venv] of Object.entries(peers)) {
      if (!existsSync(python(venv))) {
        if (at === 0) console.log(`${engine} is not installed: skipped (bench/retrieval/install-peers.sh)`);
        continue;
      }
      results[engine] = [...(results[engine] ?? []), peer(engine, venv, folder, count)];
    }
    console.log(`round ${at + 1}: load ${loadAverage()}`);
  }
  return { rounds: results, index };
}

async function measure(database, index, { stored, queries }, filter) {
  const { search, plan, scopeMs } = await ask(database, index, filter);
  const all = Array.from({ length: queries.length / dimensions }, (_, at) =>
    queries.subarray(at * dimensions, (at + 1) * dimensions),
  );
  for (const query of all.slice(0, 10)) await search(query);
  const times = [];
  let hits = 0;
  let returned = 0;
  let possible = 0;
  for (const query of all) {
    const begin = performance.now();
    const found = await search(query);
    times.push(performance.now() - begin);
    const right = exactNearest(stored, query, filter);
    hits += found.filter((place) => right.includes(place)).length;
    possible += right.length;
    returned += found.length;
  }
  return {
    plan: plan.kind,
    recall: hits / possible,
    returned: returned / all.length,
    p50Ms: median(times),
    p95Ms: quantile(times, 0.95),
    scopeMs,
  };
}

async function grow(database, size) {
  const data = makeData(size, 100);
  const index = await load(database, data.stored);
  const plain = await measure(database, index, data, filters[0]);
  const filtered = await measure(database, index, data, filters[3]);
  const { loadS, buildS, sizeMb } = index;
  return { size, loadS, buildS, sizeMb, plain, filtered };
}

function print({ rounds, index }, growth) {
  const of = (engine, filter, key) => median(rounds[engine].map((each) => each[filter]?.[key]));
  const row = (engine, filter) => [
    `${engine}, ${filter}`,
    rounds[engine][0][filter]?.plan,
    round(of(engine, filter, 'recall'), 3),
    round(of(engine, filter, 'returned'), 1),
    round(of(engine, filter, 'p50Ms')),
    round(of(engine, filter, 'p95Ms')),
    round(of(engine, filter, 'scopeMs')),
  ];
  const head = ['vectors', 'plan', `recall@${k}`, 'returned', 'p50 ms', 'p95 ms', 'first list ms'];
  const ours = filters.map(({ name }) => row('ours', name));
  const others = Object.keys(rounds)
    .filter((name) => name !== 'ours')
    .flatMap((engine) => [row(engine, 'plain'), row(engine, 'one')]);
  console.log(table([head, ...ours, ...others]));
  console.log(`ours: load ${round(index.loadS, 1)} s, index ${round(index.buildS, 1)} s, ${round(index.sizeMb, 0)} MB`);
  for (const engine of Object.keys(rounds).filter((name) => name !== 'ours')) {
    const ratio = (ourFilter, filter) => round(of('ours', ourFilter, 'p50Ms') / of(engine, filter, 'p50Ms'));
    console.log(`p50, ours / ${engine}: plain ${ratio('none', 'plain')}, 1 % ${ratio('one', 'one')}`);
  }
  if (growth.length === 0) return;
  const grown = growth.map(({ size, loadS, buildS, sizeMb, plain, filtered }) => [
    size,
    round(loadS, 1),
    round(buildS, 1),
    round(sizeMb, 0),
    round(plain.p50Ms),
    round(plain.p95Ms),
    round(plain.recall, 3),
    round(filtered.p50Ms),
    round(filtered.p95Ms),
    round(filtered.recall, 3),
    round(filtered.scopeMs, 1),
  ]);
  console.log(
    table([
      ['vectors', 'load s', 'index s', 'MB', 'p50', 'p95', 'recall', '1% p50', '1% p95', '1% recall', '1% list ms'],
      ...grown,
    ]),
  );
}
