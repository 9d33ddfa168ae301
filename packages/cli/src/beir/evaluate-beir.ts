import type { SearchResponse } from '@llmops/contracts/retrieval/v1/search';
import { evaluateRun, type Run, type ScoredDocument } from '@llmops/stats';
import type { Connection } from '../api/connect.ts';
import { waitIndexed } from '../commands/kb/wait-indexed.ts';
import { showProgress } from '../output/progress.ts';
import type { BeirDocument, BeirSet } from './read-beir.ts';

export const measures = ['ndcg_cut_10', 'recall_100', 'success_1', 'recip_rank', 'map'] as const;
export type Measures = Record<(typeof measures)[number], number>;

export interface BeirReport {
  knowledgeBase: string;
  indexVersion: string;
  indexDigest: string;
  documents: number;
  failedDocuments: number;
  queries: number;
  split: string;
  /** From the first document sent to the last one searchable. */
  indexSeconds: number;
  indexBytes: number;
  chunks: number;
  /** Each arm alone. */
  arms: Record<string, Measures>;
  /** What a search answers. */
  fused: Measures & { fusion: string; reranker: string };
  /** Of whole searches, as the caller sees them. */
  latencyMs: { p50: number; p95: number };
}

export interface EvaluateOptions {
  knowledgeBase: string;
  /** All of the index when empty. */
  arms: string[];
  /** Results a query. */
  k: number;
  /** Searches at a time. */
  concurrency: number;
  quiet: boolean;
}

/** Of one request: it must fit through the gateway, however long the documents are. */
const batch = { documents: 200, characters: 1_000_000 };

/** Documents of the set go in in batches; each has its BEIR id as uri. Returns when all are searchable or have failed. */
export async function loadBeir(connection: Connection, set: BeirSet, { knowledgeBase, quiet }: EvaluateOptions) {
  const { llmops, project } = connection;
  const sent = showProgress('sending', quiet);
  let done = 0;
  for (const some of batchesOf(set.corpus)) {
    sent.at(done, set.corpus.length);
    done += some.length;
    const documents = some.map(({ id, title, text }) => ({
      displayName: (title || id).slice(0, 500),
      uri: id,
      // As plain text: marks of Markdown in it are the corpus's own.
      content: { case: 'text' as const, value: title === '' ? text : `${title.replaceAll(/\s+/g, ' ')}\n\n${text}` },
      mediaType: 'text/plain',
    }));
    await llmops.documents.batchCreateDocuments({ project, knowledgeBase, documents });
  }
  sent.end();
  return waitIndexed(connection, knowledgeBase, showProgress('indexing', quiet));
}

export function* batchesOf(corpus: readonly BeirDocument[]): Generator<BeirDocument[]> {
  let some: BeirDocument[] = [];
  let characters = 0;
  for (const document of corpus) {
    const length = document.title.length + document.text.length;
    if (some.length > 0 && (some.length === batch.documents || characters + length > batch.characters)) {
      yield some;
      [some, characters] = [[], 0];
    }
    some.push(document);
    characters += length;
  }
  if (some.length > 0) yield some;
}

/** Runs every query and measures the answers, and each arm's own ranking, as trec_eval does (unanswered queries are 0). */
export async function searchBeir(connection: Connection, set: BeirSet, options: EvaluateOptions) {
  const runs = new Map<string, Map<string, ScoredDocument[]>>([['fused', new Map()]]);
  const latencies: number[] = [];
  const progress = showProgress('searching', options.quiet);
  const uris = new Map<string, string>();
  let last: SearchResponse | undefined;
  let next = 0;
  const work = async (): Promise<void> => {
    while (next < set.queries.length) {
      const { id, text } = set.queries[next++]!;
      const startedAt = performance.now();
      last = await search(connection, text, options);
      latencies.push(performance.now() - startedAt);
      for (const { document, uri } of last.results) uris.set(document, uri);
      runs.get('fused')!.set(id, ranked(last.results.map(({ uri }) => uri)));
      for (const arm of last.arms) {
        if (!arm.used) continue;
        const run = runs.get(arm.name) ?? new Map<string, ScoredDocument[]>();
        runs.set(arm.name, run);
        run.set(id, ranked(arm.results.map(({ document }) => document)));
      }
      progress.at(latencies.length, set.queries.length);
    }
  };
  await Promise.all(Array.from({ length: options.concurrency }, work));
  progress.end();
  await nameRest(connection, options.knowledgeBase, runs, uris);
  return { runs: named(runs, uris), latencies: latencies.sort((a, b) => a - b), last: last! };
}

const search = ({ llmops, project }: Connection, query: string, { knowledgeBase, arms, k }: EvaluateOptions) =>
  llmops.search.search({
    project,
    knowledgeBase,
    query: query.slice(0, 8_000),
    k,
    arms,
    includeArms: true,
    onePerDocument: true,
  });

/** A document counts where its best chunk stands; scores only carry the order. */
function ranked(documents: readonly string[]): ScoredDocument[] {
  const unique = [...new Set(documents)];
  return unique.map((documentId, index) => ({ documentId, score: unique.length - index }));
}

/** Arms name documents by id; those that no result named are looked up once. */
async function nameRest(
  { llmops, project }: Connection,
  knowledgeBase: string,
  runs: ReadonlyMap<string, ReadonlyMap<string, readonly ScoredDocument[]>>,
  uris: Map<string, string>,
): Promise<void> {
  const isUnknown = [...runs].some(
    ([arm, run]) =>
      arm !== 'fused' && [...run.values()].some((list) => list.some(({ documentId }) => !uris.has(documentId))),
  );
  if (!isUnknown) return;
  let pageToken = '';
  do {
    const page = await llmops.documents.listDocuments({ project, knowledgeBase, pageSize: 200, pageToken });
    for (const { id, uri } of page.documents) uris.set(id, uri);
    pageToken = page.nextPageToken;
  } while (pageToken !== '');
}

function named(runs: ReadonlyMap<string, Run>, uris: ReadonlyMap<string, string>): Map<string, Run> {
  const rename = (run: Run): Run =>
    new Map(
      [...run].map(([query, list]) => [
        query,
        list.map(({ documentId, score }) => ({ documentId: uris.get(documentId) ?? documentId, score })),
      ]),
    );
  return new Map([...runs].map(([arm, run]) => [arm, arm === 'fused' ? run : rename(run)]));
}

export function measure(run: Run, set: BeirSet): Measures {
  const { summary } = evaluateRun(run, set.qrels, measures, { complete: true });
  return Object.fromEntries(measures.map((name) => [name, summary[name]!])) as Measures;
}
