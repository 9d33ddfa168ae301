import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readBeir } from './read-beir.ts';

let folder: string;
const files = (contents: Record<string, string>) =>
  Promise.all(Object.entries(contents).map(([name, text]) => writeFile(join(folder, name), text)));

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'beir-'));
  await mkdir(join(folder, 'qrels'));
  await files({
    'corpus.jsonl': '{"_id":"d1","title":"T","text":"one"}\n\n{"_id":2,"text":"two"}\n',
    'queries.jsonl': '{"_id":"q1","text":"first"}\n{"_id":"q2","text":"nobody judged this"}\n',
    'qrels/test.tsv': 'query-id\tcorpus-id\tscore\nq1\td1\t1\n',
  });
});
afterEach(() => rm(folder, { recursive: true }));

test('a folder in BEIR’s form is read; queries that nobody judged are left out', async () => {
  expect(await readBeir(folder)).toMatchObject({
    corpus: [
      { id: 'd1', title: 'T', text: 'one' },
      { id: '2', title: '', text: 'two' },
    ],
    queries: [{ id: 'q1', text: 'first' }],
    split: 'test',
  });
});

test.each([
  [{ 'corpus.jsonl': '{"_id":"d1","text":"one"}\nnonsense\n' }, /corpus\.jsonl, line 2/],
  [{ 'corpus.jsonl': '{"text":"one"}\n' }, /line 1: "_id"/],
  [{ 'queries.jsonl': '{"_id":"q1"}\n' }, /queries\.jsonl, line 1/],
  [{ 'qrels/test.tsv': 'q9\td1\t1\n' }, /judges none/],
  [{ 'qrels/test.tsv': 'q1 d1\n' }, /three fields/],
])('what is wrong with a file is said with its line: %j', async (wrong, message) => {
  await files(wrong);
  await expect(readBeir(folder)).rejects.toThrow(message);
});

test('a folder that is not there, or without judgements, is told', async () => {
  await expect(readBeir(join(folder, 'no'))).rejects.toThrow('there is no such folder');
  await expect(readBeir(folder, 'dev')).rejects.toThrow('qrels/dev.tsv');
});
