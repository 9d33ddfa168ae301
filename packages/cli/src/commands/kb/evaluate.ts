import { resolve } from 'node:path';
import type { Connection, ConnectOptions } from '../../api/connect.ts';
import { apiCommand, connect } from '../../api/connect.ts';
import { type BeirReport, loadBeir, type Measures, measure, measures, searchBeir } from '../../beir/evaluate-beir.ts';
import { type BeirSet, readBeir } from '../../beir/read-beir.ts';
import { printJson } from '../../output/print.ts';
import { table } from '../../output/table.ts';
import { wholeNumber } from '../../settings.ts';
import { type IndexOptions, indexSettingsOf, withIndexOptions } from './index-options.ts';

interface Options extends ConnectOptions, IndexOptions {
  beir: string;
  split?: string;
  k: number;
  concurrency: number;
  knowledgeBase?: string;
  arm?: string[];
  keep?: boolean;
  json?: boolean;
}

export const evaluateCommand = () =>
  withIndexOptions(apiCommand('evaluate'))
    .description('load a BEIR-format folder into a fresh knowledge base, run every query, and measure each arm and all')
    .requiredOption('--beir <folder>', 'corpus.jsonl, queries.jsonl and qrels/<split>.tsv')
    .option('--split <name>', 'test, dev or train, whichever is there')
    .option('--k <number>', 'results a query', wholeNumber(1, 1000), 100)
    .option('--concurrency <number>', 'searches at a time', wholeNumber(1, 64), 1)
    .option('--knowledge-base <id>', 'search in this one, which was kept, instead of loading')
    .option('--arm <name...>', 'search with these only: lexical, or a model by name')
    .option('--keep', 'do not delete the knowledge base afterwards')
    .option('--json', 'as one JSON object')
    .action(async (options: Options) => {
      const connection = await connect(options);
      const set = await readBeir(resolve(options.beir), options.split);
      const report = await evaluate(connection, set, options);
      if (options.json) printJson(report);
      else console.log(reportText(report));
    });

async function evaluate(connection: Connection, set: BeirSet, options: Options): Promise<BeirReport> {
  const { llmops, project } = connection;
  const quiet = options.json === true && !process.stderr.isTTY;
  const kept = options.knowledgeBase;
  const knowledgeBase = kept ?? (await createFor(connection, options));
  const how = { knowledgeBase, arms: options.arm ?? [], k: options.k, concurrency: options.concurrency, quiet };
  try {
    const startedAt = Date.now();
    const documents = kept ? undefined : await loadBeir(connection, set, how);
    const indexSeconds = kept ? 0 : (Date.now() - startedAt) / 1000;
    const { runs, latencies, last } = await searchBeir(connection, set, how);
    const index = await llmops.indexVersions.getIndexVersion({ project, knowledgeBase, indexVersion: 'live' });
    const { fused, ...arms } = Object.fromEntries([...runs].map(([name, run]) => [name, measure(run, set)]));
    return {
      knowledgeBase,
      indexVersion: last.indexVersion,
      indexDigest: last.indexDigest,
      documents: set.corpus.length,
      failedDocuments: Number(documents?.failed ?? 0),
      queries: set.queries.length,
      split: set.split,
      indexSeconds,
      indexBytes: Number(index.sizeBytes),
      chunks: Number(index.chunkCount),
      arms: arms as Record<string, Measures>,
      fused: { ...(fused as Measures), fusion: last.fusion, reranker: last.reranker },
      latencyMs: { p50: quantile(latencies, 0.5), p95: quantile(latencies, 0.95) },
    };
  } finally {
    if (!kept && !options.keep) await llmops.knowledgeBases.deleteKnowledgeBase({ project, knowledgeBase });
  }
}

async function createFor({ llmops, project }: Connection, options: Options): Promise<string> {
  const displayName = `BEIR ${resolve(options.beir).split('/').at(-1)} ${new Date().toISOString().slice(0, 19)}`;
  const indexSettings = indexSettingsOf(options);
  return (await llmops.knowledgeBases.createKnowledgeBase({ project, displayName, indexSettings })).id;
}

const quantile = (sorted: readonly number[], q: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * q))] ?? 0;

function reportText(report: BeirReport): string {
  const row = (name: string, values: Measures) => [name, ...measures.map((one) => values[one].toFixed(4))];
  const { fused, arms, latencyMs } = report;
  const reranked = fused.reranker === 'none' ? '' : `, reranked by ${fused.reranker}`;
  return [
    table(
      ['', 'nDCG@10', 'recall@100', 'hit@1', 'MRR', 'MAP'],
      [...Object.entries(arms).map(([name, values]) => row(name, values)), row('all', fused)],
    ),
    '',
    `${report.queries} queries over ${report.documents} documents (${report.chunks} chunks), ${report.failedDocuments} failed`,
    `fused by ${fused.fusion}${reranked}; search p50 ${latencyMs.p50.toFixed(1)} ms, p95 ${latencyMs.p95.toFixed(1)} ms`,
    ...(report.indexSeconds > 0
      ? [`indexed in ${report.indexSeconds.toFixed(1)} s, ${(report.indexBytes / 1e6).toFixed(1)} MB`]
      : []),
  ].join('\n');
}
