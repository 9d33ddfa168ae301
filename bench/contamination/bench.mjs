// Planted leaks against LeakSearch: pnpm bench contamination --data DIR [--embeddings] [--fit]
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { LeakSearch } from '../../apps/data/src/contamination/leak-search.ts';
import { buildPlatform, startPlatform } from '../lib/platform.mjs';
import { fit } from './fit.mjs';
import { readSets, textsOf } from './sets.mjs';

export const about = 'recall of planted paraphrase leaks and false alarms, on a held-out half';

export async function run(args) {
  const { values } = parseArgs({
    args,
    options: {
      data: { type: 'string' },
      embeddings: { type: 'boolean' },
      fit: { type: 'boolean' },
      model: { type: 'string', default: 'all-minilm-l6-v2' },
    },
  });
  if (!values.data) throw new Error('--data DIR: a folder with banking77, truthfulqa, nq-open, gsm8k');
  const sets = readSets(values.data);
  const vectors = values.embeddings ? await embedded(textsOf(sets), values.model) : undefined;
  if (values.fit) {
    const { weights, least } = fit(sets, vectors);
    console.log(`weights ${weights.map((weight) => weight.toFixed(3)).join(' ')}, least ${least.toFixed(2)}`);
  }
  const results = sets.map((set) => measured(set, 1, vectors));
  const names = [...new Set(results.flatMap(({ kinds }) => Object.keys(kinds)))];
  console.log(`held-out half, ${vectors ? `words and ${values.model}` : 'words only'}`);
  for (const { name, recall, falseAlarms, msPerRow, kinds } of results) {
    const each = names.map((kind) => `${kind} ${kinds[kind]?.toFixed(3) ?? '-'}`).join(', ');
    console.log(
      `${name.padEnd(11)} recall ${recall.toFixed(3)}  false alarms ${falseAlarms.toFixed(3)}  ${msPerRow.toFixed(2)} ms/row`,
    );
    console.log(`            ${each}`);
  }
  const recall = sum(results, ({ found }) => found) / sum(results, ({ leaks }) => leaks);
  console.log(`overall     recall ${recall.toFixed(4)}`);
  return { recall, sets: results };
}

const sum = (list, of) => list.reduce((total, each) => total + of(each), 0);

function measured(set, half, vectors) {
  const search = new LeakSearch({ mostLeaks: 1_000_000 });
  const vector = (text) =>
    vectors
      ? {
          vector: Buffer.from(
            vectors.get(text).buffer,
            vectors.get(text).byteOffset,
            vectors.get(text).byteLength,
          ).toString('base64'),
        }
      : {};
  for (const [at, text] of set.protected.entries()) {
    search.take({ side: 'protected', id: `p${at}`, text, ...vector(text) });
  }
  const clean = set.clean.filter((row) => row.half === half);
  const leaks = set.leaks.filter((row) => row.half === half);
  const startedAt = performance.now();
  for (const [at, { text }] of clean.entries()) search.take({ side: 'candidate', id: `c${at}`, text, ...vector(text) });
  for (const [at, { text }] of leaks.entries()) search.take({ side: 'candidate', id: `l${at}`, text, ...vector(text) });
  const found = new Set(search.end().leaks.map(({ candidateRowId }) => candidateRowId));
  const elapsedMs = performance.now() - startedAt;
  const hit = (_, at) => found.has(`l${at}`);
  const byKind = Map.groupBy(
    leaks.map((leak, at) => ({ ...leak, found: hit(leak, at) })),
    ({ kind }) => kind,
  );
  return {
    name: set.name,
    leaks: leaks.length,
    found: leaks.filter(hit).length,
    recall: leaks.filter(hit).length / leaks.length,
    falseAlarms: clean.filter((_, at) => found.has(`c${at}`)).length / clean.length,
    msPerRow: elapsedMs / (clean.length + leaks.length),
    kinds: Object.fromEntries(
      [...byKind].map(([kind, all]) => [kind, all.filter((leak) => leak.found).length / all.length]),
    ),
  };
}

/** Through the platform's own API. */
async function embedded(texts, model) {
  await buildPlatform();
  const home = await mkdtemp(join(tmpdir(), 'llmops-bench-'));
  const platform = await startPlatform(home);
  try {
    const vectors = new Map();
    for (let from = 0; from < texts.length; from += 64) {
      const input = texts.slice(from, from + 64);
      const response = await fetch(`${platform.baseUrl}/v1/embeddings`, {
        method: 'POST',
        headers: { authorization: `Bearer ${platform.apiKey}`, 'content-type': 'application/json' },
        body: JSON.stringify({ model, input }),
      });
      if (!response.ok) throw new Error(`embeddings: ${response.status} ${await response.text()}`);
      const { data } = await response.json();
      for (const [at, { embedding }] of data.entries()) vectors.set(input[at], Float32Array.from(embedding));
    }
    return vectors;
  } finally {
    await platform.stop();
    await rm(home, { recursive: true, force: true });
  }
}
