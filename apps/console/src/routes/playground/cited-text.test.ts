import { expect, test } from 'vitest';
import type { Turn } from './chat-reducer.ts';
import { citedText } from './cited-text.ts';

const citation = {
  number: 1,
  document: 'doc_1',
  document_name: 'a',
  title: '',
  heading_path: [],
  text: '',
  start: 5,
  end: 9,
};
const turn = (text: string): Turn => ({
  id: 1,
  role: 'assistant',
  text,
  toolCalls: [],
  state: 'done',
  sentAt: 0,
  grounding: {
    knowledge_base: 'kb_1',
    refused: false,
    support: 1,
    citations: [citation, { ...citation, number: 2, page: 3 }],
  },
});

test('a marker of a passage that was given is a link to it', () => {
  expect(citedText(turn('So it is [1].'), 'prj_1')).toBe(
    'So it is [\\[1\\]](/p/prj_1/knowledge/kb_1/documents/doc_1?start=5&end=9).',
  );
  expect(citedText(turn('Both [1, 2]'), 'p')).toContain('documents/doc_1?start=5&end=9&page=3)');
});

test('other brackets stay as they are', () => {
  for (const text of ['a[7] = 1', 'see [1](https://example.org)', '[x]']) expect(citedText(turn(text), 'p')).toBe(text);
});
