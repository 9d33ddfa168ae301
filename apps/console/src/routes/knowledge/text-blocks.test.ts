import { create } from '@bufbuild/protobuf';
import { DocumentTextSchema } from '@llmops/contracts/retrieval/v1/knowledge_base';
import { expect, test } from 'vitest';
import { shownBlocks, tableRows } from './text-blocks.ts';

test('blocks are cut to the part that was sent; text between them is shown too, white space is not', () => {
  const text = create(DocumentTextSchema, {
    text: 'ading\n\nLoose words\n\nBody',
    start: 2,
    length: 100,
    blocks: [
      { kind: 'heading', level: 1, start: 0, end: 7 },
      { kind: 'paragraph', start: 22, end: 40 },
    ],
  });
  expect(shownBlocks(text)).toEqual([
    { kind: 'heading', level: 1, page: 0, start: 2, end: 7 },
    { kind: 'paragraph', level: 0, page: 0, start: 7, end: 22 },
    { kind: 'paragraph', level: 0, page: 0, start: 22, end: 26 },
  ]);
});

test('cells of a table know their place in the document; the rule below its head is none', () => {
  const text = '| a | bb |\n|---|---|\n| 1 |  |';
  const rows = tableRows(text, 100)!;
  expect(rows.map((row) => row.map(({ start, end }) => text.slice(start - 100, end - 100)))).toEqual([
    ['a', 'bb'],
    ['1', ''],
  ]);
  const tabs = 'x\ty\n1\t2';
  expect(tableRows(tabs, 0)!.map((row) => row.map(({ start, end }) => tabs.slice(start, end)))).toEqual([
    ['x', 'y'],
    ['1', '2'],
  ]);
  expect(tableRows('no table', 0)).toBeUndefined();
});
