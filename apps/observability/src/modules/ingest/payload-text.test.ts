import { expect, test } from 'vitest';
import { payloadText, preview } from './payload-text.ts';

test('of a conversation the content is read and the form is not; the last message is what was asked', () => {
  const messages = [
    { role: 'system', content: 'Be brief.' },
    {
      role: 'user',
      content: [
        { type: 'text', text: 'What is this?' },
        { type: 'image_url', image_url: { url: 'data:image/png;base64,AAAA' } },
      ],
    },
  ];
  expect(payloadText(JSON.stringify(messages), 1000)).toEqual({
    full: 'Be brief.\nWhat is this?',
    last: 'What is this?',
  });
});

test('tool calls of an answer are text: the name and the arguments', () => {
  const answer = {
    role: 'assistant',
    content: null,
    tool_calls: [{ id: 'call_1', type: 'function', function: { name: 'lookup', arguments: '{"city":"Bern"}' } }],
  };
  expect(payloadText(JSON.stringify(answer), 1000).full).toBe('lookup\n{"city":"Bern"}');
});

test('plain strings, lists of strings and vectors', () => {
  expect(payloadText('"hello"', 1000).full).toBe('hello');
  expect(payloadText('["a","b"]', 1000)).toEqual({ full: 'a\nb', last: 'b' });
  expect(payloadText('[[0.1,0.2]]', 1000).full).toBe('');
});

test('JSON that was cut still gives its text', () => {
  expect(payloadText('[{"role":"user","content":"Gr\\u00fc\\u00dfe\\nan', 1000).full).toContain('Grüße\nan');
});

test('a preview is one line and whole characters', () => {
  expect(preview('a\n\n  b', 300)).toBe('a b');
  expect(preview('😀'.repeat(200), 3)).toBe('😀');
});
