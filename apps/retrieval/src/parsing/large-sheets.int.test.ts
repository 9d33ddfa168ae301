import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { config } from './config.ts';

const folder = join(import.meta.dirname, '../..');

/** What the reader for large workbooks makes of a small one. */
function readLarge(name: string): string[] {
  const script = 'import sys, json\nsys.path.insert(0, sys.argv[1])\nfrom xlsx_stream import read_large';
  const show = 'print(json.dumps([block["text"] for block in read_large(sys.argv[2])["blocks"]]))';
  const paths = [join(folder, 'parser'), join(folder, 'fixtures/parsing', name)];
  const { stdout, stderr } = spawnSync(config.python(), ['-I', '-B', '-c', `${script}\n${show}`, ...paths]);
  if (stdout.length === 0) throw new Error(stderr.toString());
  return JSON.parse(stdout.toString()) as string[];
}

test('a large workbook is read row by row, each sheet under its name', () => {
  const [name, table] = readLarge('xlsx_05_table_with_title.xlsx');
  expect(name).toBe('Duck Observations');
  expect(table!.split('\n').slice(2, 4)).toEqual(['|  | Year | Freshwater Ducks |', '|  | 2019 | 120 |']);
});

test('numbers that are shown as dates are dates', () => {
  const [, table] = readLarge('xlsx_02_sample_sales_data.xlsm');
  expect(table!.split('\n').slice(0, 3)).toEqual([
    '| Product | Date | Quantity | Revenue |',
    '| - | - | - | - |',
    '| Widget A | 2024-01-01 | 5 | 5000 |',
  ]);
});
