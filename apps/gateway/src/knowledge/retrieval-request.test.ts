import { expect, test } from 'vitest';
import { type GroundedRequest, readRetrieval } from './retrieval-request.ts';

const request = (retrieval: Record<string, unknown>, messages?: unknown): GroundedRequest =>
  ({
    model: 'm',
    messages: messages ?? [
      { role: 'user', content: 'What is a stream?' },
      { role: 'assistant', content: 'A log.' },
      { role: 'user', content: [{ type: 'text', text: 'And a consumer?' }] },
    ],
    retrieval,
  }) as GroundedRequest;

test('the last user message is the question, in the caller’s project', () => {
  expect(
    readRetrieval(request({ knowledge_base: 'kb_1', k: 5, principals: ['group:hr'] }), 'prj_1', 'm'),
  ).toMatchObject({
    project: 'prj_1',
    knowledgeBase: 'kb_1',
    query: 'And a consumer?',
    earlierUserMessages: ['What is a stream?'],
    model: 'm',
    k: 5,
    principals: ['group:hr'],
  });
});

test.each([
  [{}, 'retrieval.knowledgeBase'],
  [{ knowledgeBase: 7 }, 'retrieval.knowledgeBase'],
  [{ knowledgeBase: 'kb_1', nope: 1 }, 'retrieval.nope'],
  [{ knowledgeBase: 'kb_1', project: 'prj_other' }, 'retrieval.project'],
  [{ knowledgeBase: 'kb_1', filter: { condition: { operator: 'LIKE' } } }, 'retrieval.filter'],
  [[], 'retrieval'],
])('%j is refused with its field', (retrieval, param) => {
  expect(() => readRetrieval(request(retrieval as Record<string, unknown>), 'prj_1', 'm')).toThrow(
    expect.objectContaining({ param }),
  );
});

test('a conversation without a question as text is refused', () => {
  const messages = [{ role: 'system', content: 'Be brief.' }];
  expect(() => readRetrieval(request({ knowledgeBase: 'kb_1' }, messages), 'prj_1', 'm')).toThrow(
    expect.objectContaining({ param: 'messages' }),
  );
});
