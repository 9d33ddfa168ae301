import { expect, test } from 'vitest';
import { parametersOf } from './chat-stream.ts';

const settings = { model: 'm', system: '', temperature: '', maxTokens: '', stop: '', knowledgeBase: '' };

test('what is left empty is not sent, so that the model keeps its default', () => {
  expect(parametersOf(settings)).toEqual({ model: 'm' });
});

test('a temperature of 0 is sent, and each line is a stop sequence with its spaces', () => {
  expect(parametersOf({ ...settings, temperature: '0', maxTokens: '64', stop: '\n User:\nEND\n' })).toEqual({
    model: 'm',
    temperature: 0,
    max_tokens: 64,
    stop: [' User:', 'END'],
  });
});

test('a knowledge base is asked for by name, none when none is chosen', () => {
  expect(parametersOf({ ...settings, knowledgeBase: 'kb_1' })).toEqual({
    model: 'm',
    retrieval: { knowledgeBase: 'kb_1' },
  });
});
