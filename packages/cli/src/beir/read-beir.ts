import { createReadStream } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseBeirQrels, type Qrels, StatsError } from '@llmops/stats';
import { CliError } from '../settings.ts';

export interface BeirDocument {
  id: string;
  title: string;
  text: string;
}

export interface BeirSet {
  corpus: BeirDocument[];
  /** Only queries that somebody judged. */
  queries: { id: string; text: string }[];
  qrels: Qrels;
  /** `test` of `qrels/test.tsv`. */
  split: string;
}

/** A folder in BEIR's form: `corpus.jsonl`, `queries.jsonl`, and judgements in `qrels/<split>.tsv` (or `qrels.tsv`). */
export async function readBeir(folder: string, split?: string): Promise<BeirSet> {
  const judged = await findQrels(folder, split);
  const qrels = await readQrels(judged.path);
  const corpus: BeirDocument[] = [];
  for await (const { id, line, value } of records(join(folder, 'corpus.jsonl'))) {
    const { title = '', text } = value;
    if (typeof text !== 'string') throw new CliError(`corpus.jsonl, line ${line}: "text" is missing.`);
    corpus.push({ id, title: typeof title === 'string' ? title : '', text });
  }
  const queries: BeirSet['queries'] = [];
  for await (const { id, line, value } of records(join(folder, 'queries.jsonl'))) {
    if (typeof value['text'] !== 'string') throw new CliError(`queries.jsonl, line ${line}: "text" is missing.`);
    if (qrels.has(id)) queries.push({ id, text: value['text'] });
  }
  if (queries.length === 0) throw new CliError(`${judged.path} judges none of the queries of queries.jsonl.`);
  return { corpus, queries, qrels, split: judged.split };
}

async function readQrels(path: string): Promise<Qrels> {
  try {
    return parseBeirQrels(await readFile(path, 'utf8'));
  } catch (error) {
    if (error instanceof StatsError) throw new CliError(`${path}: ${error.message}`);
    throw error;
  }
}

async function findQrels(folder: string, split: string | undefined): Promise<{ path: string; split: string }> {
  const inFolder = (await readdir(join(folder, 'qrels')).catch(() => [])).filter((name) => name.endsWith('.tsv'));
  const name = split ?? ['test', 'dev', 'train'].find((one) => inFolder.includes(`${one}.tsv`));
  if (name !== undefined && inFolder.includes(`${name}.tsv`)) {
    return { path: join(folder, 'qrels', `${name}.tsv`), split: name };
  }
  const files = await readdir(folder).catch(() => {
    throw new CliError(`${folder}: there is no such folder.`);
  });
  if (split === undefined && files.includes('qrels.tsv')) return { path: join(folder, 'qrels.tsv'), split: '' };
  throw new CliError(`${folder} holds no judgements: expected qrels/${split ?? 'test'}.tsv (query, document, grade).`);
}

/** Lines that end in a line feed and in nothing else: readline would also end them at U+2028, which JSON holds unescaped. */
async function* linesOf(path: string): AsyncGenerator<string> {
  let rest = '';
  try {
    for await (const piece of createReadStream(path, 'utf8')) {
      const lines = (rest + (piece as string)).split('\n');
      rest = lines.pop()!;
      yield* lines;
    }
  } catch (cause) {
    throw new CliError(`${path}: cannot be read (${(cause as Error).message}).`);
  }
  yield rest;
}

async function* records(path: string): AsyncGenerator<{ id: string; line: number; value: Record<string, unknown> }> {
  let line = 0;
  for await (const text of linesOf(path)) {
    line += 1;
    if (text.trim() === '') continue;
    const value = parse(path, line, text);
    const id = value['_id'];
    if (typeof id !== 'string' && typeof id !== 'number')
      throw new CliError(`${path}, line ${line}: "_id" is missing.`);
    yield { id: String(id), line, value };
  }
}

function parse(path: string, line: number, text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null) return value as Record<string, unknown>;
  } catch {
    // Told below.
  }
  throw new CliError(`${path}, line ${line}: expected a JSON object.`);
}
