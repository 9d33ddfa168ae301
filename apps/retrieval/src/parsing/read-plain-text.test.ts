import { describe, expect, test } from 'vitest';
import { assembleDocument } from './assemble-document.ts';
import { readCode, readPlainText } from './read-plain-text.ts';

const kinds = (text: string) =>
  readPlainText(text).blocks.map(({ kind, level, text: own }) => [level ? `${kind}${level}` : kind, own]);

describe('readPlainText', () => {
  test('empty lines part paragraphs, wrapped lines stay together', () => {
    expect(kinds('One line\nand its rest.\r\n\r\n\r\n  Two.\n')).toEqual([
      ['paragraph', 'One line\nand its rest.'],
      ['paragraph', '  Two.'],
    ]);
  });

  test('a list may be as long as it likes', () => {
    expect(readPlainText('- a\n'.repeat(300_000)).blocks).toHaveLength(300_000);
  });

  test('underlined titles are headings, dashes and numbers make lists', () => {
    expect(kinds('Title\n=====\nText.\n\nPart\n----\n\n- one\n  more of one\n  - two\n\n1. first\n2) second')).toEqual([
      ['heading1', 'Title'],
      ['paragraph', 'Text.'],
      ['heading2', 'Part'],
      ['list_item1', '- one\nmore of one'],
      ['list_item2', '- two'],
      ['list_item1', '1. first'],
      ['list_item1', '2) second'],
    ]);
  });

  test('a long line of blanks takes no longer than its length', () => {
    expect(readPlainText(`a\n${' '.repeat(200_000)}\nb${'\n '.repeat(50_000)}`).blocks).toHaveLength(2);
  });
});

test('source code keeps its blanks and is parted at empty lines', () => {
  const document = assembleDocument(readCode('def f():\n    return 1\n\n\n  x = 2\n'), 'text/plain');
  expect(document.blocks.map(({ start, end }) => document.text.slice(start, end))).toEqual([
    'def f():\n    return 1',
    '  x = 2',
  ]);
});

describe('assembleDocument', () => {
  const raw = { metadata: {}, pages: [], warnings: [] };

  test('offsets count what JavaScript counts, whatever stands before', () => {
    const blocks = [
      { kind: 'paragraph' as const, text: '👩‍👩‍👧‍👦 e\u0301 ﬁ\u0000\u00ad\r\nx' },
      { kind: 'list_item' as const, level: 1, text: '- a' },
      { kind: 'list_item' as const, level: 2, text: '- b' },
    ];
    const { text, blocks: placed } = assembleDocument({ ...raw, blocks }, 'text/plain');
    expect(placed.map(({ start, end }) => text.slice(start, end))).toEqual(['👩‍👩‍👧‍👦 é ﬁ\nx', '- a', '- b']);
    expect(text).toBe('👩‍👩‍👧‍👦 é ﬁ\nx\n\n- a\n  - b');
  });

  test('each printed line knows its part of the text', () => {
    const lines = [
      { text: 'First line and ', page: 1, box: [0.1, 0.1, 0.9, 0.2] as [number, number, number, number] },
      { text: 'its end. ', page: 2, box: [0.1, 0.1, 0.5, 0.2] as [number, number, number, number] },
    ];
    const document = assembleDocument({ ...raw, blocks: [{ kind: 'paragraph', text: '', page: 1, lines }] }, 'x');
    expect(document.text).toBe('First line and its end.');
    const boxes = document.blocks[0]!.boxes!;
    expect(boxes.map(({ page, start, end }) => [page, document.text.slice(start, end)])).toEqual([
      [1, 'First line and'],
      [2, 'its end.'],
    ]);
  });
});
