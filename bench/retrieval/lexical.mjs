// The lexical arm by itself: quality on SciFact and XQuAD, and time and bytes as the index grows. No service runs.
//
//     node bench/retrieval/lexical.mjs --data DIR [--sizes 5000,100000] [--python PYTHON-WITH-bm25s] [--json]
//
// DIR holds `scifact/` (corpus_train.csv.gz, claims_train.csv) and, if there, `xquad/` (xquad.<language>.json).
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { buildSegment, LexicalIndex, mergeSegments, openSegment } from '../../apps/retrieval/src/lexical/index.ts';
import { evaluateRun } from '../../packages/stats/src/index.ts';
import { readSciFact } from './scifact.mjs';

const batchSize = 200;
const round = (value, digits = 4) => Number(value.toFixed(digits));
const quantile = (values, share) => [...values].sort((a, b) => a - b)[Math.floor((values.length - 1) * share)];

/** Segments of a batch each, as ingest writes them, and one index over what a merge makes of them. */
export function buildIndex(documents, settings = {}) {
  const started = performance.now();
  const cpu = process.cpuUsage();
  const segments = [];
  for (let from = 0; from < documents.length; from += batchSize) {
    const batch = documents.slice(from, from + batchSize).map((document, index) => ({
      ordinal: from + index,
      fields: { title: document.title, text: document.text },
      language: document.language,
    }));
    segments.push(openSegment(buildSegment(batch)));
  }
  const built = performance.now();
  const bytes = mergeSegments(segments);
  const merged = performance.now();
  const index = new LexicalIndex(settings);
  index.add('merged', openSegment(bytes));
  const opened = performance.now();
  return {
    index,
    segments,
    figures: {
      documents: documents.length,
      buildMs: round(built - started, 0),
      mergeMs: round(merged - built, 0),
      openMs: round(opened - merged, 1),
      cpuMs: round(process.cpuUsage(cpu).user / 1000, 0),
      segmentBytes: bytes.length,
      memoryBytes: index.sizeBytes,
      textBytes: documents.reduce((sum, each) => sum + each.title.length + each.text.length, 0),
    },
  };
}

/** nDCG@10, recall@100 and MRR@10 of an index whose ordinals count through `documents`. */
export function measureQuality(index, { documents, queries, qrels }, options = {}) {
  const run = new Map();
  for (const [id, query] of queries) {
    const hits = index.search(query, { k: 100, ...options });
    run.set(
      id,
      hits.map(({ ordinal, score }) => ({ documentId: documents[ordinal].id, score })),
    );
  }
  const { summary } = evaluateRun(run, qrels, ['ndcg_cut_10', 'recall_100', 'recip_rank'], { complete: true });
  return Object.fromEntries(Object.entries(summary).map(([name, value]) => [name, round(value)]));
}

/** Milliseconds of each query, after one round that warms up, and processor time, which other jobs disturb less. */
export function measureLatency(index, queries, options = {}) {
  for (const query of queries) index.search(query, options);
  const cpu = process.cpuUsage();
  const times = queries.map((query) => {
    const started = performance.now();
    index.search(query, options);
    return performance.now() - started;
  });
  const cpuMs = process.cpuUsage(cpu).user / 1000 / queries.length;
  return { p50Ms: round(quantile(times, 0.5), 3), p95Ms: round(quantile(times, 0.95), 3), cpuMs: round(cpuMs, 3) };
}

/** More documents of the same kind: a third of each one's words are swapped for words of others. */
export function growDocuments(documents, size, seed = 7) {
  let state = seed;
  const random = (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
  const words = documents.map(({ text }) => text.split(' '));
  return Array.from({ length: size }, (_, number) => {
    const { title } = documents[number % documents.length];
    if (number < documents.length) return { ...documents[number], id: String(number) };
    const text = words[number % words.length].map((word) => {
      if (random(3) > 0) return word;
      const other = words[random(words.length)];
      return other[random(other.length)];
    });
    return { id: String(number), title, text: text.join(' '), language: 'en' };
  });
}

/** Share of questions whose paragraph comes first, of one language's XQuAD. */
export function measureXquad(file, options = {}) {
  const paragraphs = JSON.parse(readFileSync(file, 'utf8')).data.flatMap((article) => article.paragraphs);
  const { index } = buildIndex(paragraphs.map(({ context }) => ({ title: '', text: context })));
  let questions = 0;
  let first = 0;
  for (const [ordinal, { qas }] of paragraphs.entries()) {
    for (const { question } of qas) {
      questions += 1;
      if (index.search(question, { k: 1, ...options })[0]?.ordinal === ordinal) first += 1;
    }
  }
  return { questions, hitAt1: round(first / questions) };
}

const peer = `
import json, sys, time, resource
import bm25s, snowballstemmer
data = json.load(open(sys.argv[1]))
stop = set("a an and are as at be but by for if in into is it no not of on or such that the their then there these they this to was will with".split())
stemmer = snowballstemmer.stemmer("porter")
tokens = lambda texts: bm25s.tokenize(texts, stopwords=list(stop), stemmer=stemmer.stemWords, token_pattern=r"(?u)[a-z0-9]+", show_progress=False)
began = time.perf_counter(); cpu = time.process_time()
retriever = bm25s.BM25(k1=0.9, b=0.4, method="lucene")
retriever.index(tokens(data["documents"]), show_progress=False)
built = time.perf_counter() - began; buildCpu = time.process_time() - cpu
for again in range(2):
    times = []; cpu = time.process_time()
    for query in data["queries"]:
        began = time.perf_counter()
        found, scores = retriever.retrieve(tokens([query]), k=10, show_progress=False)
        times.append((time.perf_counter() - began) * 1000)
times.sort()
at = lambda share: round(times[int((len(times) - 1) * share)], 3)
print(json.dumps({"buildMs": round(built * 1000), "buildCpuMs": round(buildCpu * 1000), "cpuMs": round((time.process_time() - cpu) * 1000 / len(times), 3), "p50Ms": at(0.5), "p95Ms": at(0.95), "maxRssBytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024}))
`;

/** bm25s (PyPI) with the same analysis and parameters, in its own process. */
export function measureBm25s(python, documents, queries) {
  const directory = mkdtempSync(join(tmpdir(), 'lexical-'));
  const file = join(directory, 'data.json');
  writeFileSync(file, JSON.stringify({ documents: documents.map((each) => `${each.title} ${each.text}`), queries }));
  try {
    return JSON.parse(execFileSync(python, ['-c', peer, file], { maxBuffer: 2 ** 28, encoding: 'utf8' }));
  } finally {
    rmSync(directory, { recursive: true });
  }
}

function main() {
  const { values } = parseArgs({
    options: {
      data: { type: 'string' },
      sizes: { type: 'string', default: '5183,100000' },
      python: { type: 'string' },
      json: { type: 'boolean', default: false },
    },
  });
  if (!values.data) throw new Error('--data DIR is needed: the folder that holds scifact/');
  const scifact = readSciFact(join(values.data, 'scifact'));
  const { index, figures } = buildIndex(scifact.documents);
  const unweighted = buildIndex(scifact.documents, { weights: { title: 1, headings: 1 } }).index;
  const report = {
    scifact: {
      ...figures,
      default: measureQuality(index, scifact),
      plainUnweighted: measureQuality(unweighted, scifact, { plain: true }),
    },
    xquad: {},
    growth: [],
  };
  for (const language of ['en', 'es', 'zh', 'ar']) {
    const file = join(values.data, 'xquad', `xquad.${language}.json`);
    if (!existsSync(file)) continue;
    report.xquad[language] = { default: measureXquad(file), plain: measureXquad(file, { plain: true }) };
  }
  const queries = [...scifact.queries.values()];
  for (const size of values.sizes.split(',').map(Number)) {
    const documents = growDocuments(scifact.documents, size);
    const built = buildIndex(documents);
    const rows = {
      ...built.figures,
      k10: measureLatency(built.index, queries),
      k100: measureLatency(built.index, queries, { k: 100 }),
    };
    rows.accept1Percent = measureLatency(built.index, queries, { accept: (ordinal) => ordinal % 100 === 0 });
    const allowed = Array.from({ length: Math.ceil(size / 100) }, (_, each) => each * 100);
    rows.allowed1Percent = measureLatency(built.index, queries, { allowed });
    if (values.python) rows.bm25s = measureBm25s(values.python, documents, queries);
    report.growth.push(rows);
  }
  if (values.json) console.log(JSON.stringify(report));
  else console.dir(report, { depth: 6 });
}

if (import.meta.main) main();
