import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { zstdCompressSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { defaultLimits, queryRows, type RowTable } from './index.ts';

let folder: string;
let rows: RowTable;

const columns: RowTable['columns'] = [
  { name: 'n', type: 'integer' },
  { name: 'a "b"', type: 'string' },
  { name: 'messages', type: 'json' },
];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'llmops-test-'));
  const chunk = async (name: string, from: number) => {
    const lines = Array.from({ length: 500 }, (_, i) =>
      JSON.stringify({
        id: `r${from + i}`,
        row: { n: from + i, 'a "b"': i % 2 ? null : 'x', messages: [{ role: 'user' }] },
      }),
    );
    await writeFile(join(folder, name), zstdCompressSync(`${lines.join('\n')}\n`));
    return join(folder, name);
  };
  rows = { files: [await chunk('one', 0), await chunk('two', 500)], columns };
});

afterAll(() => rm(folder, { recursive: true, force: true }));

async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
}

const query = (sql: string, limits = {}) =>
  collect(queryRows({ tables: { rows }, sql, limits: { ...defaultLimits, ...limits } }));

test('a SELECT sees all chunks as one table, with ids, types and nested values', async () => {
  expect(await query('SELECT count(*) AS c, sum(n) AS s, count("a ""b""") AS present FROM rows')).toEqual([
    { c: 1000, s: 499_500, present: 500 },
  ]);
  const [row] = await query('SELECT *, 9007199254740993 AS big, (1 / 0.0) AS inf FROM rows WHERE n = 500');
  expect(row).toEqual({
    _row_id: 'r500',
    _row_index: 500,
    n: 500,
    'a "b"': 'x',
    messages: [{ role: 'user' }],
    big: '9007199254740993',
    inf: null,
  });
});

test('what a query spills is bounded, and SQL cannot lift the bound', async () => {
  const bound = "SELECT value FROM duckdb_settings() WHERE name = 'max_temp_directory_size'";
  expect(await query(bound, { memoryMb: 100 })).toEqual([{ value: expect.stringMatching(/^76\d\.\d MiB$/) }]);
  await expect(query("SET max_temp_directory_size = '1TB'")).rejects.toThrow('only SELECT');
});

test('a text with any character comes as it is', async () => {
  expect(await query("SELECT 'a' || chr(8232) || 'b' || chr(8233) || 'c' || chr(133) AS odd")).toEqual([
    { odd: 'a\u2028b\u2029c\u0085' },
  ]);
});

test('columns of any name are there, those that differ in case only too, and texts keep every character', async () => {
  const names = ["it's", 'a.b', 'Name', 'name', '_row_id', 'select', '名前'];
  const row = Object.fromEntries(names.map((name, i) => [name, `v${i} \u0000 \ud83d\ude00 "`]));
  const file = join(folder, 'names');
  await writeFile(file, zstdCompressSync(`${JSON.stringify({ id: 'r', row })}\n`));
  const tables = { rows: { files: [file], columns: names.map((name) => ({ name, type: 'string' as const })) } };
  const sql = `SELECT "it's", "a.b", "Name", name_2, _row_id_2, "select", 名前, _row_index FROM rows WHERE _row_id = 'r'`;
  const [found] = await collect(queryRows({ tables, sql, limits: defaultLimits }));
  expect(Object.values(found!)).toEqual([...Object.values(row), 0]);
  const ownNames = names.filter((name) => name !== 'Name' && name !== '_row_id');
  const plain = { rows: { files: [file], columns: ownNames.map((name) => ({ name, type: 'string' as const })) } };
  const [same] = await collect(queryRows({ tables: plain, sql: 'SELECT * FROM rows', limits: defaultLimits }));
  expect(same).toEqual({
    _row_id: 'r',
    _row_index: 0,
    ...Object.fromEntries(ownNames.map((name) => [name, row[name]])),
  });
});

test('a table without chunks has its columns and no rows', async () => {
  const tables = { rows: { files: [], columns } };
  const sql = 'SELECT count(n) AS c FROM rows';
  expect(await collect(queryRows({ tables, sql, limits: defaultLimits }))).toEqual([{ c: 0 }]);
});

test.each([
  "SELECT * FROM read_text('/etc/hostname')",
  "SELECT * FROM glob('/*')",
  "COPY rows TO '/tmp/stolen.csv'",
  "ATTACH '/tmp/x.db'",
  'SET enable_external_access = true',
  'SELECT 1; SELECT 2',
  'INSTALL httpfs',
  'SELECT n FROM',
])('%s is refused', async (sql) => {
  await expect(query(sql)).rejects.toMatchObject({ code: 'data.query_failed', category: 'invalid' });
});

test('chunk files, which a query may read, it cannot overwrite, and errors do not tell where they lie', async () => {
  const [file] = rows.files;
  const before = await readFile(file!);
  await expect(query(`COPY (SELECT 1) TO '${file}'`)).rejects.toMatchObject({ code: 'data.query_failed' });
  expect(await readFile(file!)).toEqual(before);
  await writeFile(join(folder, 'bad'), 'no zstd');
  const tables = { rows: { files: [join(folder, 'bad')], columns } };
  const failed = collect(queryRows({ tables, sql: 'SELECT * FROM rows', limits: defaultLimits }));
  await expect(failed).rejects.toSatisfy((error: Error) => !error.message.includes(folder));
});

test('a query that does not end is killed at its time limit, one that gives too much at its row limit', async () => {
  const endless = 'SELECT count(*) FROM range(1000000000000) a, range(1000000) b WHERE (a.range * b.range) % 7 = 3';
  await expect(query(endless, { timeoutMs: 500 })).rejects.toMatchObject({ code: 'data.query_timed_out' });
  await expect(query('SELECT n FROM rows', { maxRows: 999 })).rejects.toMatchObject({
    code: 'data.query_too_many_rows',
  });
});

test('a query that needs more memory than it is given fails alone', async () => {
  const hungry = 'SELECT string_agg(repeat(n::VARCHAR, 100000), chr(10)) AS s FROM rows';
  await expect(query(hungry, { memoryMb: 32 })).rejects.toMatchObject({ code: 'data.query_failed' });
});

test('a reader that leaves early ends the process and its temporary folder', async () => {
  const before = (await readdir(tmpdir())).filter((name) => name.startsWith('llmops-query-')).length;
  for await (const row of queryRows({
    tables: { rows },
    sql: 'SELECT * FROM range(100000000)',
    limits: defaultLimits,
  })) {
    expect(row).toEqual({ range: 0 });
    break;
  }
  const after = (await readdir(tmpdir())).filter((name) => name.startsWith('llmops-query-')).length;
  expect(after).toBeLessThanOrEqual(before);
});
