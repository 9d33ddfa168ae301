import { describe, expect, test } from 'vitest';
import { schemaOf } from '../versions/index.ts';
import { convertShape, detectShape, type RowShape, ShapeError } from './index.ts';

const messages = [
  { role: 'system', content: 'Be brief.' },
  { role: 'user', content: 'Weather in Bonn?' },
  {
    role: 'assistant',
    content: null,
    tool_calls: [{ id: 'call_1', type: 'function', function: { name: 'weather', arguments: '{"city":"Bonn"}' } }],
  },
  { role: 'tool', tool_call_id: 'call_1', content: '{"c":12}' },
  { role: 'assistant', content: '12 degrees.' },
];
const tools = [{ type: 'function', function: { name: 'weather', parameters: { type: 'object' } } }];

describe('shapes are known by their columns', () => {
  test.each([
    ['openai_chat', { messages }],
    ['sharegpt', { conversations: [{ from: 'human', value: 'hi' }] }],
    ['alpaca', { instruction: 'a', input: '', output: 'b' }],
    ['preference', { prompt: 'p', chosen: 'a', rejected: 'b' }],
    [
      'preference',
      { conversations: [{ from: 'human', value: 'hi' }], chosen: { from: 'gpt', value: 'a' }, rejected: {} },
    ],
    ['qa', { question: 'q', context: 'c', answers: { text: ['a'], answer_start: [0] } }],
    ['text', { text: 'x' }],
    ['table', { text: 'x', label: 1 }],
    ['table', { messages: 'none' }],
  ] as [RowShape, object][])('%s', (shape, row) => {
    expect(detectShape(schemaOf({ ...row }))).toBe(shape);
  });
});

test('a dialogue with tools goes to ShareGPT and back unchanged, with its other columns', () => {
  const chat = { messages, tools, lang: 'en' };
  const shareGpt = convertShape(chat, 'openai_chat', 'sharegpt');
  expect(shareGpt).toEqual({
    conversations: [
      { from: 'system', value: 'Be brief.' },
      { from: 'human', value: 'Weather in Bonn?' },
      { from: 'function_call', value: '{"name":"weather","arguments":{"city":"Bonn"}}' },
      { from: 'observation', value: '{"c":12}' },
      { from: 'gpt', value: '12 degrees.' },
    ],
    tools: JSON.stringify(tools),
    lang: 'en',
  });
  expect(convertShape(shareGpt, 'sharegpt', 'openai_chat')).toEqual(chat);
});

test('Alpaca takes system and history, and gives them back', () => {
  const alpaca = { instruction: 'C?', input: '', output: 'c', system: 'S', history: [['A?', 'a']], id: 7 };
  const chat = convertShape(alpaca, 'alpaca', 'openai_chat');
  expect(chat).toEqual({
    messages: [
      { role: 'system', content: 'S' },
      { role: 'user', content: 'A?' },
      { role: 'assistant', content: 'a' },
      { role: 'user', content: 'C?' },
      { role: 'assistant', content: 'c' },
    ],
    id: 7,
  });
  expect(convertShape(chat, 'openai_chat', 'alpaca')).toEqual(alpaca);
  const withInput = convertShape({ instruction: 'Sum', input: '1 2', output: '3' }, 'alpaca', 'openai_chat');
  expect(withInput['messages']).toMatchObject([{ content: 'Sum\n1 2' }, { content: '3' }]);
});

test('preference pairs of any writing become one form', () => {
  const plain = { prompt: 'p', chosen: 'a', rejected: 'b', score: 1 };
  for (const row of [
    plain,
    {
      conversations: [{ from: 'human', value: 'p' }],
      chosen: { from: 'gpt', value: 'a' },
      rejected: { from: 'gpt', value: 'b' },
      score: 1,
    },
    {
      prompt: [{ role: 'user', content: 'p' }],
      chosen: [{ role: 'assistant', content: 'a' }],
      rejected: [{ role: 'assistant', content: 'b' }],
      score: 1,
    },
  ]) {
    expect(convertShape(row, 'preference', 'preference')).toEqual(plain);
  }
  expect(convertShape(plain, 'preference', 'openai_chat')).toEqual({
    messages: [
      { role: 'user', content: 'p' },
      { role: 'assistant', content: 'a' },
    ],
    score: 1,
  });
  const longer = { prompt: messages, chosen: 'a', rejected: 'b' };
  expect(convertShape(longer, 'preference', 'preference')).toMatchObject({
    prompt: messages,
    chosen: [{ content: 'a' }],
  });
});

test('questions with a context become instructions and dialogues', () => {
  const qa = { id: 'q', question: 'Who?', context: 'By Ada', answers: { text: ['Ada', 'A.'], answer_start: [3] } };
  expect(convertShape(qa, 'qa', 'alpaca')).toEqual({ instruction: 'Who?', input: 'By Ada', output: 'Ada', id: 'q' });
  expect(convertShape(qa, 'qa', 'openai_chat')).toMatchObject({
    messages: [{ content: 'By Ada\n\nWho?' }, { role: 'assistant', content: 'Ada' }],
  });
  expect(convertShape(qa, 'qa', 'text')).toEqual({ text: 'By Ada\n\nWho?\nAda' });
});

test.each([
  ['alpaca', 'qa', { instruction: 'a', output: 'b' }, ''],
  ['table', 'openai_chat', { a: 1 }, ''],
  ['openai_chat', 'preference', { messages }, ''],
  ['openai_chat', 'alpaca', { messages }, 'messages'],
  ['sharegpt', 'openai_chat', { conversations: [{ from: 'martian', value: 'x' }] }, 'conversations'],
  ['sharegpt', 'openai_chat', { conversations: [{ from: 'function_call', value: 'x' }] }, 'conversations'],
  ['qa', 'openai_chat', { question: 'q', answers: { text: [] } }, 'answers'],
] as [RowShape, RowShape, object, string][])(
  '%s to %s of a row that does not allow it says which column',
  (from, to, row, column) => {
    expect(() => convertShape({ ...row }, from, to)).toThrow(ShapeError);
    expect(() => convertShape({ ...row }, from, to)).toThrow(expect.objectContaining({ column }));
  },
);
