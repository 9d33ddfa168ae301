import { spawnSync } from 'node:child_process';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { loadAverage } from '../lib/process-tree.mjs';
import { median, round } from '../lib/statistics.mjs';
import { table } from '../lib/table.mjs';
import { readOurs } from './ours.mjs';

export const about = 'documents read, likeness to the ground truth and CPU a file, beside Docling';

const peersRoot = process.env['PEERS_ROOT'] ?? join(tmpdir(), 'llmops-peers');
const peers = { docling: 'docling', 'docling-rs': 'doclingrs' };
const truthEnding = '.groundtruth.md';

/** All take turns in every round; CPU time is compared, which hardly depends on what else the machine does. */
export async function run(args) {
  const { values } = parseArgs({
    args,
    options: { rounds: { type: 'string', default: '3' }, data: { type: 'string' } },
  });
  const data = values.data ?? process.env['BENCH_DATA'];
  const office = data ? officeFiles(data) : [];
  if (office.length === 0) {
    console.log(
      'parsing: skipped, no documents. --data DIR or BENCH_DATA names a folder with office-docs/KIND/* in it.',
    );
    return { bench: 'parsing', skipped: true };
  }
  const runs = { ours: [] };
  for (let at = 0; at < Number(values.rounds); at += 1) {
    runs.ours.push(await readOurs(office));
    for (const [name, venv] of Object.entries(peers)) {
      const result = readPeer(name, venv, office);
      if (result) runs[name] = [...(runs[name] ?? []), result];
    }
    console.log(`round ${at + 1}: load ${loadAverage()}`);
  }
  const results = Object.fromEntries(Object.entries(runs).map(([name, rounds]) => [name, summarize(rounds)]));
  report(results);
  const pdfs = await readPdfs(data);
  return { bench: 'parsing', files: office.length, results, pdfs, loadAverage: loadAverage() };
}

const officeFiles = (data) =>
  globSync(join(data, 'office-docs', '*', '*'))
    .filter((path) => !path.endsWith(truthEnding))
    .sort();

function readPeer(name, venv, paths) {
  const python = join(peersRoot, 'venvs', venv, 'bin', 'python');
  if (!existsSync(python)) {
    console.log(`${name}: skipped, not installed (bench/parsing/install-peers.sh)`);
    return undefined;
  }
  const options = { encoding: 'utf8', maxBuffer: 2 ** 28, stdio: ['ignore', 'pipe', 'ignore'] };
  const { stdout, status } = spawnSync(python, [join(import.meta.dirname, 'peer.py'), name, ...paths], options);
  if (status !== 0) throw new Error(`${name} ended with ${status}`);
  const result = JSON.parse(stdout.trim().split('\n').at(-1));
  const cpuMs = result.files.reduce((sum, file) => sum + file.cpuMs, 0);
  return { ...result, cpuMsPerFile: cpuMs / paths.length };
}

function summarize(rounds) {
  const { files } = rounds[0];
  const truths = files.filter(({ path, markdown }) => markdown !== undefined && existsSync(path + truthEnding));
  const pairs = truths.map(({ path, markdown }) => [markdown, readFileSync(path + truthEnding, 'utf8')]);
  const scores = similarities(pairs);
  const kinds = Map.groupBy(truths.keys(), (at) => basename(dirname(truths[at].path)));
  const mean = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const walls = rounds.flatMap((each) => each.files.map(({ wallMs }) => wallMs));
  return {
    read: files.filter(({ error }) => !error).length,
    failed: files.filter(({ error }) => error).map(({ path, error }) => `${basename(path)}: ${error}`),
    similarity: round(mean(scores), 3),
    kinds: Object.fromEntries([...kinds].map(([kind, at]) => [kind, round(mean(at.map((each) => scores[each])), 3)])),
    cpuMsPerFile: round(median(rounds.map(({ cpuMsPerFile }) => cpuMsPerFile)), 1),
    wallMsP50: round(median(walls), 1),
    wallMsMax: round(Math.max(...walls), 1),
    startMs: round(median(rounds.map(({ startMs }) => startMs)), 0),
    rssMb: round(Math.max(...rounds.map(({ maxRssMb }) => maxRssMb)), 0),
  };
}

function similarities(pairs) {
  const { stdout, status } = spawnSync('python3', [join(import.meta.dirname, 'similarity.py')], {
    input: JSON.stringify(pairs),
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
  });
  if (status !== 0) throw new Error(`similarity.py ended with ${status}`);
  return JSON.parse(stdout);
}

function report(results) {
  const rows = Object.entries(results).map(([name, each]) => [
    name,
    ...[each.read, each.similarity, each.cpuMsPerFile, each.wallMsP50, each.wallMsMax, each.startMs, each.rssMb],
  ]);
  console.log(table([['office', 'read', 'similarity', 'CPU ms/file', 'p50 ms', 'max ms', 'start ms', 'MB'], ...rows]));
  const kinds = Object.keys(results.ours.kinds);
  const perKind = Object.entries(results).map(([name, each]) => [name, ...kinds.map((kind) => each.kinds[kind])]);
  console.log(`\n${table([['similarity', ...kinds], ...perKind])}\n`);
  for (const [name, { failed }] of Object.entries(results)) for (const each of failed) console.log(`${name}: ${each}`);
}

/** Every PDF ends as text or with the reason why not. */
async function readPdfs(data) {
  const paths = globSync(join(data, 'pdf-samples', '*', '*.pdf')).sort();
  if (paths.length === 0) return [];
  const { files } = await readOurs(paths);
  const outcomes = files.map(({ path, document, error, wallMs }) => ({
    file: basename(path),
    pages: document?.pages.length,
    characters: document?.text.length,
    error,
    wallMs: round(wallMs, 0),
  }));
  const rows = outcomes.map(({ file, pages, characters, wallMs, error }) => [
    file,
    pages,
    characters,
    wallMs,
    error ?? '',
  ]);
  console.log(table([['PDF', 'pages', 'characters', 'ms', 'or the reason'], ...rows]));
  return outcomes;
}
