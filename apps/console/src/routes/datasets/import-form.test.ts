import { RowShape } from '@llmops/contracts/data/v1/dataset';
import { expect, test } from 'vitest';
import { emptyImport, importInput, importSettings, lines, nameOfFile } from './import-form.ts';

test('rows come from the upload, or from the files of a source that the patterns name', () => {
  expect(importInput(emptyImport, {})).toBeUndefined();
  expect(importInput({ ...emptyImport, keyColumns: ['id'] }, { upload: 'upl_1' })).toMatchObject({
    keyColumns: ['id'],
    origin: { case: 'upload', value: 'upl_1' },
  });
  expect(importInput({ ...emptyImport, paths: '*.csv, data/**' }, { source: 'src_1' })).toMatchObject({
    origin: { case: 'source', value: { source: 'src_1', paths: ['*.csv', 'data/**'] } },
  });
});

test('options of splits go along only with splits', () => {
  const form = { ...emptyImport, shape: RowShape.QA, stratifyBy: 'label' };
  expect(importSettings(form)).toEqual({ shape: RowShape.QA, message: '', splits: [] });
  expect(importSettings({ ...form, splits: 'train 90, test 10' })).toMatchObject({
    splits: [{ name: 'train' }, { name: 'test' }],
    splitOptions: { stratifyBy: 'label', groupBy: '' },
  });
});

test('a dataset is named like its file without the endings', () => {
  expect(['orders-2026.csv.gz', 'a.b/c.jsonl', '.csv'].map(nameOfFile)).toEqual(['orders-2026', 'a.b/c', '.csv']);
  expect(lines('a,\n b ,')).toEqual(['a', 'b']);
});
