import { expect, test } from 'vitest';
import { readMessages } from './read-messages.ts';

const read = (value: unknown) => readMessages(JSON.stringify(value), 'user');
const hello = { role: 'user', name: undefined, text: 'Hello', toolCalls: [] };

test.each([
  ['a list of messages', [{ role: 'user', content: 'Hello' }]],
  ['one message', { role: 'user', content: 'Hello' }],
  ['a request', { model: 'm', messages: [{ role: 'user', content: 'Hello' }] }],
  ['parts', [{ role: 'user', content: [{ type: 'text', text: 'Hello' }] }]],
  ['an answer', { choices: [{ index: 0, message: { role: 'user', content: 'Hello' } }] }],
])('%s reads as messages', (_, value) => {
  expect(read(value)).toEqual([hello]);
});

test('strings are messages of the side they were found on', () => {
  expect(readMessages('["a","b"]', 'user')?.map((message) => message.text)).toEqual(['a', 'b']);
  expect(readMessages('{"choices":[{"text":"done"}]}', 'assistant')).toMatchObject([
    { role: 'assistant', text: 'done' },
  ]);
});

test('tool calls keep their name and get their arguments indented, valid or not', () => {
  const call = (args: string) => ({
    role: 'assistant',
    content: null,
    tool_calls: [{ id: 'c1', function: { name: 'get', arguments: args } }],
  });
  expect(read(call('{"a":1}'))?.[0]).toMatchObject({
    text: '',
    toolCalls: [{ id: 'c1', name: 'get', args: '{\n  "a": 1\n}' }],
  });
  expect(read(call('{"a":'))?.[0]?.toolCalls[0]?.args).toBe('{"a":');
});

test('JSON that was cut off, or is no conversation, reads as none', () => {
  expect(readMessages('[{"role":"user","content":"Hel', 'user')).toBeUndefined();
  expect(read({ vectors: 3 })).toBeUndefined();
  expect(read([1, 2])).toBeUndefined();
  expect(read([])).toBeUndefined();
});
