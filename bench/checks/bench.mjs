// Each check of apps/data over generated rows, in the process they run in: pnpm bench checks [--rows N] [--only KIND]
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { seededRandom } from '@llmops/stats';

export const about = "rows a second, CPU and memory of data's checks, profile, drift and leaks";

const program = resolve(import.meta.dirname, '../../apps/data/dist/analysis-child.mjs');
const checks = {
  rowCount: { min: 1 },
  schema: { schemaJson: '{"required":["question"],"properties":{"question":{"type":"string"}}}' },
  nulls: { columns: ['question', 'answer'] },
  range: { column: 'score', min: 0, max: 99 },
  unique: { columns: ['question'] },
  pattern: { column: 'question', pattern: '[?.]$' },
  categories: { column: 'label', values: ['c0', 'c1'] },
  freshness: { column: 'at', maxAgeS: 60 },
  language: { languages: ['en'] },
  length: { columns: ['question'], max: 200 },
  encoding: {},
  toxicity: {},
  pii: {},
  secrets: {},
  duplicates: {},
  nearDuplicates: { columns: ['question'] },
  classBalance: { column: 'label' },
  splitLeakage: { columns: ['question'], threshold: 0.8 },
};

export async function run(args) {
  const { values } = parseArgs({
    args,
    options: { rows: { type: 'string', default: '100000' }, only: { type: 'string' } },
  });
  if (!existsSync(program)) throw new Error('build first: pnpm --filter @llmops/data build');
  const rows = generated(Number(values.rows));
  const lines = rows.map((row) => JSON.stringify(row));
  console.log(`${rows.length} rows, ${Math.round(lines.reduce((sum, line) => sum + line.length, 0) / 1e6)} MB of JSON`);
  const results = [];
  for (const task of tasks(rows, lines).filter(({ name }) => !values.only || name === values.only)) {
    const result = { name: task.name, ...(await measured(task)) };
    const { seconds, cpuSeconds, peakMb } = result;
    const rate = `${Math.round(rows.length / seconds)} rows/s`.padStart(15);
    console.log(`${task.name.padEnd(16)} ${rate}   CPU ${cpuSeconds.toFixed(1).padStart(5)} s   peak ${peakMb} MB`);
    results.push(result);
  }
  return { rows: rows.length, results };
}

function tasks(rows, lines) {
  const suite = (names) => ({ task: 'checks', input: { checks: names.map((name) => ({ [name]: checks[name] })) } });
  const side = (row, at) => JSON.stringify({ side: at % 2 ? 'reference' : 'current', value: row.value });
  const protectedRows = Math.min(2_000, rows.length / 2);
  const leak = ({ id, value }, at) =>
    JSON.stringify({ side: at < protectedRows ? 'protected' : 'candidate', id, text: value.question });
  return [
    ...Object.keys(checks).map((name) => ({ name, request: suite([name]), items: lines })),
    { name: 'all checks', request: suite(Object.keys(checks)), items: lines },
    { name: 'profile', request: { task: 'profile', input: {} }, items: lines },
    { name: 'drift', request: { task: 'drift', input: { columns: [] } }, items: rows.map(side) },
    { name: 'leaks', request: { task: 'leaks', input: { mostLeaks: 200 } }, items: rows.map(leak) },
  ];
}

/** Sentences of words that are as frequent as Zipf has it; none is another's paraphrase. */
function generated(count) {
  const random = seededRandom(5);
  const syllables = 'ba ce di fo gu ha ke li mo nu pa re si to vu wa ye zi'.split(' ');
  const word = () => Array.from({ length: 1 + Math.floor(random() * 3) }, () => syllables[Math.floor(random() * 18)]);
  const words = Array.from({ length: 8_000 }, () => word().join(''));
  const sentence = (length) =>
    Array.from({ length }, () => words[Math.floor(words.length ** random()) - 1] ?? words[0]).join(' ');
  return Array.from({ length: count }, (_, index) => ({
    id: `r${index}`,
    index,
    split: index % 10 ? 'train' : 'test',
    value: {
      question: `${sentence(45)}?`,
      answer: sentence(20),
      score: Math.floor(random() * 100),
      label: `c${index % 7}`,
      at: new Date(1.7e12 + index * 1e4).toISOString(),
    },
  }));
}

async function measured({ request, items }) {
  const startedAt = performance.now();
  const child = spawn(process.execPath, [program], { stdio: ['pipe', 'pipe', 'inherit'] });
  const closed = once(child, 'close');
  let output = '';
  child.stdout.on('data', (part) => {
    output += part;
  });
  let usage = { cpuSeconds: 0, peakMb: 0 };
  const timer = setInterval(() => {
    usage = usageOf(child.pid) ?? usage;
  }, 50);
  let batch = `${JSON.stringify(request)}\n`;
  for (const item of items) {
    batch += `${item}\n`;
    if (batch.length < 1 << 18) continue;
    if (!child.stdin.write(batch)) await once(child.stdin, 'drain');
    batch = '';
  }
  child.stdin.end(batch);
  await closed;
  clearInterval(timer);
  if (output[0] !== 'R') throw new Error(output.slice(0, 500));
  return { seconds: (performance.now() - startedAt) / 1000, ...usage };
}

function usageOf(pid) {
  try {
    const fields = readFileSync(join('/proc', String(pid), 'stat'), 'utf8').split(' ');
    const peak = /VmHWM:\s+(\d+)/.exec(readFileSync(join('/proc', String(pid), 'status'), 'utf8'));
    return { cpuSeconds: (Number(fields[13]) + Number(fields[14])) / 100, peakMb: Math.round(Number(peak[1]) / 1024) };
  } catch {
    return undefined;
  }
}
