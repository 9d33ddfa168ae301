import { readFileSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync, zstdCompressSync } from 'node:zlib';
import {
  Dictionary,
  Field,
  Int32,
  Int64,
  List,
  Struct,
  Table,
  TimestampMicrosecond,
  tableFromArrays,
  tableToIPC,
  Utf8,
  vectorFromArray,
} from 'apache-arrow';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { detectFormat, type JsonRow, type ReadOptions, readRows } from './index.ts';

const fixtures = join(import.meta.dirname, '../../fixtures');
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'llmops-formats-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function fileOf(name: string, content: string | Uint8Array) {
  const path = join(folder, name.replaceAll('/', '_'));
  await writeFile(path, content);
  return { name, path };
}

async function rowsOf(file: { name: string; path: string }, options: ReadOptions = {}): Promise<JsonRow[]> {
  const rows: JsonRow[] = [];
  for await (const { row } of readRows(file, options)) rows.push(row);
  return rows;
}

const read = async (name: string, content: string | Uint8Array, options: ReadOptions = {}) =>
  rowsOf(await fileOf(name, content), options);

describe('CSV', () => {
  const csvs = join(fixtures, 'csv-spectrum/csvs');

  test('every file of csv-spectrum gives its expected rows', async () => {
    const names = (await readdir(csvs)).map((name) => name.replace('.csv', ''));
    expect(names).toHaveLength(12);
    for (const name of names) {
      const expected = JSON.parse(
        await readFile(join(fixtures, `csv-spectrum/json/${name}.json`), 'utf8'),
      ) as JsonRow[];
      const csv = await readFile(join(csvs, `${name}.csv`));
      // The snapshot has lost the carriage returns that these files are about.
      const content = name.endsWith('_crlf') ? csv.toString().replaceAll('\n', '\r\n') : csv;
      const rows = await read(`${name}.csv`, content);
      // Its expected phone number is not the one of its CSV.
      if (name === 'location_coordinates') {
        expect(rows).toEqual([{ ...expected, 'Contact Phone Number': '2095257564' }]);
      } else {
        expect(rows, name).toEqual(expected);
      }
    }
  });

  test.each([
    ['semicolons', 'a;b\n1;2,5\n', { format: 'csv', delimiter: ';' }, [{ a: '1', b: '2,5' }]],
    ['tabs', 'a\tb\n1\t2\n', { format: 'tsv', delimiter: '\t' }, [{ a: '1', b: '2' }]],
    ['bars', 'a|b|c\n1|2|3\n', { format: 'csv', delimiter: '|' }, [{ a: '1', b: '2', c: '3' }]],
    [
      'single quotes',
      "a,b\n'x,y',2\n'z,w',3\n",
      { quote: "'" },
      [
        { a: 'x,y', b: '2' },
        { a: 'z,w', b: '3' },
      ],
    ],
    ['names that are empty or repeat', 'a,,a\n1,2,3\n', {}, [{ a: '1', column_2: '2', a_2: '3' }]],
    [
      'lines that end with CR',
      'a,b\r1,2\r"x\ry",3',
      {},
      [
        { a: '1', b: '2' },
        { a: 'x\ry', b: '3' },
      ],
    ],
    ['a byte order mark', '\ufeffa,b\n1,2\n', { encoding: 'utf-8' }, [{ a: '1', b: '2' }]],
  ])('%s are read', async (_, content, detected, rows) => {
    const file = await fileOf('table', content);
    expect(await detectFormat(file)).toMatchObject(detected);
    expect(await rowsOf(file)).toEqual(rows);
  });

  test.each([
    ['a row that is too short', 'a,b\n1,2\n3\n', { row: 3, column: 'b' }, 'has 1 values'],
    ['a row that is too long', 'a,b\n1,2,3\n', { row: 2 }, 'has 3 values'],
    ['a quote that is never closed', 'a,b\n1,2\n"3,4\n5,6\n', { row: 3 }, 'never closed'],
    ['text after a closing quote', 'a,b\n1,2\n"3"x,4\n', { row: 3 }, 'after a closing quote'],
  ])('%s is an error with its place', async (_, content, place, reason) => {
    await expect(read('bad.csv', content)).rejects.toMatchObject({
      code: 'data.row_invalid',
      place: { file: 'bad.csv', ...place },
      message: expect.stringContaining(reason),
    });
  });
});

describe('JSON', () => {
  test.each([
    ['lines', 'x.jsonl', '{"a":1}\n\n{"a":2}\r\n'],
    ['an array', 'x.json', '[{"a":1},\n{"a":2}]'],
    ['an object with one array of objects', 'x.json', '{"version":[1,2],"note":"{[","data":[{"a":1},{"a":2}]}'],
    ['lines without a name that says so', 'x', '{"a":1}\n{"a":2}'],
  ])('%s are rows', async (_, name, content) => {
    expect(await read(name, content)).toEqual([{ a: 1 }, { a: 2 }]);
  });

  test('an object without an array is one row, also when it is a dialogue', async () => {
    expect(await read('x.json', '{\n"a": 1,\n"b": null}')).toEqual([{ a: 1, b: null }]);
    const chat = { messages: [{ role: 'user', content: 'hi' }] };
    expect(await read('x.json', JSON.stringify(chat, null, 2))).toEqual([chat]);
    expect(await read('x.json', '[]')).toEqual([]);
  });

  test("SQuAD's articles become a row a question", async () => {
    const qas = [
      { id: 'q1', question: 'Who?', answers: [{ text: 'Ada', answer_start: 3 }], is_impossible: false },
      { id: 'q2', question: 'When?', answers: [], is_impossible: true },
    ];
    const squad = { version: 'v2', data: [{ title: 'T', paragraphs: [{ context: 'By Ada', qas }] }] };
    expect(await read('squad.json', JSON.stringify(squad))).toEqual([
      {
        id: 'q1',
        title: 'T',
        context: 'By Ada',
        question: 'Who?',
        answers: { text: ['Ada'], answer_start: [3] },
        is_impossible: false,
      },
      {
        id: 'q2',
        title: 'T',
        context: 'By Ada',
        question: 'When?',
        answers: { text: [], answer_start: [] },
        is_impossible: true,
      },
    ]);
  });

  test('no digit of a large integer is lost', async () => {
    expect(await read('x.jsonl', '{"id":12345678901234567890,"n":9007199254740991,"f":0.1}')).toEqual([
      { id: '12345678901234567890', n: 9007199254740991, f: 0.1 },
    ]);
  });

  test.each([
    ['a line that is no JSON', 'x.jsonl', '{"a":1}\n{"a":\n', 'data.row_invalid', 'row 2: is not JSON'],
    ['a row that is no object', 'x.jsonl', '{"a":1}\n[1]\n', 'data.row_invalid', 'row 2: is an array'],
    ['an element that is no object', 'x.json', '[{"a":1}, 3]', 'data.row_invalid', 'row 2: is a number'],
    ['an array that does not end', 'x.json', '[{"a":1},', 'data.file_invalid', 'ends before its JSON does'],
    ['text after the end', 'x.json', '[{"a":1}] x', 'data.file_invalid', 'text after its end'],
    ['a missing comma', 'x.json', '[{"a":1} {"a":2}]', 'data.file_invalid', 'lacks a comma'],
    ['two arrays', 'x.json', '{"a":[{"x":1}],"b":[{"x":1}]}', 'data.file_invalid', 'several arrays'],
    ['nesting without end', 'x.jsonl', `{"a":${'['.repeat(100)}${']'.repeat(100)}}`, 'data.row_invalid', 'levels deep'],
    ['a row that is too long', 'x.jsonl', `{"a":"${'x'.repeat(5 << 20)}"}`, 'data.row_invalid', 'row 1: is longer'],
  ])('%s is an error with its place', async (_, name, content, code, message) => {
    await expect(read(name, content)).rejects.toMatchObject({ code, message: expect.stringContaining(message) });
  });

  test('rows come out while the file is still being read, in pieces of any size', async () => {
    const rows = Array.from({ length: 5_000 }, (_, i) => ({
      i,
      text: `é "quoted" \\ [${i}] {`,
      nested: { list: [i, 'ü'] },
    }));
    for (const content of [JSON.stringify(rows), JSON.stringify({ rows }, null, 1)]) {
      expect(await read('x.json', content)).toEqual(rows);
    }
  });
});

describe('encodings', () => {
  const utf16le = (text: string) => Buffer.from(text, 'utf16le');
  const utf16be = (text: string) => utf16le(text).swap16();
  // "名前,説明" in Shift-JIS, "姓名,说明" in GBK, each with enough text for statistics to see.
  const shiftJis = Buffer.from('96bc914f2c90e096be0a91be98592c93fa967b8cea82cc95b68fcd82c582b781420a', 'hex');
  const gbk = Buffer.from('d0d5c3fb2ccbb5c3f70ad5c5c8fd2cd5e2cac7d2bbb6ced6d0cec4cec4b1bea1a30a', 'hex');

  test.each([
    ['utf-16le', Buffer.concat([Buffer.from([0xff, 0xfe]), utf16le('a,b\né,ü\n')]), { a: 'é', b: 'ü' }],
    ['utf-16be', Buffer.concat([Buffer.from([0xfe, 0xff]), utf16be('a,b\né,ü\n')]), { a: 'é', b: 'ü' }],
    ['utf-16le', utf16le('name,city\nZoë,Malmö\n'), { name: 'Zoë', city: 'Malmö' }],
    [
      'windows-1252',
      Buffer.from('name,city\nZo\xeb,Malm\xf6 is a city in Sweden\n', 'latin1'),
      { name: 'Zoë', city: 'Malmö is a city in Sweden' },
    ],
    ['shift_jis', shiftJis, { 名前: '太郎', 説明: '日本語の文章です。' }],
    ['gbk', gbk, { 姓名: '张三', 说明: '这是一段中文文本。' }],
  ])('%s is detected and decoded', async (encoding, content, row) => {
    const file = await fileOf('t.csv', content);
    expect(await detectFormat(file)).toMatchObject({ encoding });
    expect(await rowsOf(file)).toEqual([row]);
    expect(await rowsOf(file, { encoding })).toEqual([row]);
  });

  test('bytes that are not of the encoding are an error with their line, and never replaced', async () => {
    const content = Buffer.concat([
      Buffer.from('{"a":"ok"}\n'.repeat(40_000)),
      Buffer.from('{"a":"\xe9"}\n', 'latin1'),
    ]);
    await expect(read('x.jsonl', content)).rejects.toMatchObject({
      code: 'data.encoding_invalid',
      place: { file: 'x.jsonl', row: 40_001 },
    });
    await expect(read('x.csv', 'a\n1\n', { encoding: 'klingon' })).rejects.toMatchObject({
      code: 'data.encoding_unknown',
    });
  });
});

describe('Parquet', () => {
  const parquet = join(fixtures, 'parquet-testing');
  const expected = JSON.parse(readFileSync(join(parquet, 'expected.json'), 'utf8')) as Record<
    string,
    { rows: number; first: JsonRow[] }
  >;

  test.each(Object.entries(expected))('%s gives the rows that pyarrow reads', async (name, { rows: count, first }) => {
    const rows = await rowsOf({ name, path: join(parquet, name) });
    expect(rows).toHaveLength(count);
    // -0 and 0 are one in JSON.
    const seen = JSON.parse(JSON.stringify(count > 6 ? [...rows.slice(0, 3), ...rows.slice(-3)] : rows)) as JsonRow[];
    expect(seen).toEqual(JSON.parse(JSON.stringify(first).replaceAll(/-0\.0\b/g, '0')));
  });

  test.each([
    ['datapage_v1-corrupt-checksum.parquet', 'data.row_invalid', 'row 1, column "a": is damaged'],
    ['map_no_value.parquet', 'data.file_invalid', 'MAP_KEY_VALUE requires two children'],
    ['non_hadoop_lz4_compressed.parquet', 'data.file_invalid', 'Unsupported compression codec'],
  ])('%s is an error that says why', async (name, code, message) => {
    const rejected = rowsOf({ name, path: join(parquet, name) });
    await expect(rejected).rejects.toMatchObject({ code, message: expect.stringContaining(message) });
    await expect(rejected).rejects.toMatchObject({ message: expect.stringContaining(`file "${name}"`) });
  });

  test('a file that is cut is an error, whatever is left of it', async () => {
    const whole = await readFile(join(parquet, 'alltypes_dictionary.parquet'));
    for (const length of [4, 11, 500, whole.length - 1]) {
      await expect(read('cut.parquet', whole.subarray(0, length))).rejects.toMatchObject({ code: 'data.file_invalid' });
    }
  });
});

describe('Arrow', () => {
  const table = () =>
    new Table({
      id: vectorFromArray([1n, 2n ** 60n], new Int64()),
      name: vectorFromArray(['a', null], new Dictionary(new Utf8(), new Int32())),
      at: vectorFromArray([1_700_000_000_123.456, null], new TimestampMicrosecond()),
      list: vectorFromArray([[1, 2], []], new List(new Field('item', new Int32(), true))),
      struct: vectorFromArray(
        [{ x: 1, y: 'z' }, null],
        new Struct([new Field('x', new Int32(), true), new Field('y', new Utf8(), true)]),
      ),
    });

  test.each(['file', 'stream'] as const)('a %s gives its rows with nested values and times', async (kind) => {
    const rows = await read(`t.${kind}`, tableToIPC(table(), kind));
    expect(rows).toEqual([
      { id: 1, name: 'a', at: '2023-11-14T22:13:20.123456', list: [1, 2], struct: { x: 1, y: 'z' } },
      { id: '1152921504606846976', name: null, at: null, list: [], struct: null },
    ]);
  });

  test('a file that is cut is an error', async () => {
    const bytes = tableToIPC(tableFromArrays({ a: Int32Array.from({ length: 1_000 }, (_, i) => i) }), 'stream');
    await expect(read('cut.arrow', bytes.subarray(0, 600))).rejects.toMatchObject({ code: 'data.file_invalid' });
  });
});

describe('other files', () => {
  test('text is a row a line that is not blank', async () => {
    expect(await read('notes.txt', 'first, line\n\n  second\r\n')).toEqual([
      { text: 'first, line' },
      { text: '  second' },
    ]);
  });

  test('gzip and zstd are unpacked, damaged ones are errors', async () => {
    const lines = '{"a":1}\n'.repeat(1_000);
    expect(await read('x.jsonl.gz', gzipSync(lines))).toHaveLength(1_000);
    expect(await read('x.jsonl.zst', zstdCompressSync(lines))).toHaveLength(1_000);
    const cut = gzipSync(Buffer.from(Array.from({ length: 200_000 }, () => Math.floor(Math.random() * 256)))).subarray(
      0,
      90_000,
    );
    await expect(read('x.jsonl.gz', cut)).rejects.toMatchObject({ isAppError: true });
  });

  test.each([
    ['a workbook', 'x.xlsx', Buffer.from('504b0304140000', 'hex'), 'archive or a workbook'],
    ['a PDF', 'x.csv', '%PDF-1.7 ...', 'is a PDF'],
    ['a database', 'x.db', 'SQLite format 3\0', 'SQLite'],
    ['bytes of no format', 'x.bin', Buffer.from([1, 0, 2, 0, 0, 0, 7, 0, 0, 255, 0, 0]), 'binary file'],
  ])('%s is refused with what to do', async (_, name, content, reason) => {
    await expect(read(name, content)).rejects.toMatchObject({
      code: 'data.file_invalid',
      message: expect.stringContaining(reason),
    });
  });
});

test('columns of numbers and of true and false are typed when that is asked for, and nothing is lost', async () => {
  const csv = 'n,f,b,zip,big,mixed\n1,1.5,true,01234,12345678901234567890,1\n,2e3,false,99999,1,x\n';
  expect(await read('t.csv', csv, { inferTypes: true })).toEqual([
    { n: 1, f: 1.5, b: true, zip: '01234', big: '12345678901234567890', mixed: '1' },
    { n: null, f: 2000, b: false, zip: '99999', big: '1', mixed: 'x' },
  ]);
});

test('a text file can be one row', async () => {
  expect(await read('a/b.md', '# Title\n\ntext\n', { wholeFiles: true })).toEqual([
    { text: '# Title\n\ntext\n', file: 'a/b.md' },
  ]);
});
