import { create } from '@bufbuild/protobuf';
import { BuildContextResponseSchema } from '@llmops/contracts/retrieval/v1/search';
import { encodeSseData, SSE_DONE } from '@llmops/llm-protocol';
import { expect, test } from 'vitest';
import { Call } from '../call/call.ts';
import type { StreamFrame } from '../upstream/upstream.ts';
import { GroundedUpstream } from './grounded-upstream.ts';

const passage = 'JetStream stores messages in streams and replays them to consumers.';
const sentence = 'JetStream stores messages in streams [1].';

interface Given {
  deltas?: { index?: number; delta: object }[];
  refused?: boolean;
  hasEndMark?: boolean;
}

/** Streams what a model says through a knowledge base whose context is given; returns the chunks that left. */
async function chat(messages: object[], { deltas = [], refused = false, hasEndMark = true }: Given) {
  const asked: { messages: { role: string; content: string }[] }[] = [];
  const inner = {
    whole: () => Promise.reject(new Error('not asked for')),
    stream: async (_: Call, request: object, send: (frame: StreamFrame) => unknown) => {
      asked.push(request as (typeof asked)[number]);
      for (const choice of deltas) {
        const says = {
          id: 'c',
          object: 'chat.completion.chunk',
          created: 1,
          model: 'm',
          choices: [{ index: 0, ...choice }],
        };
        await send({ raw: encodeSseData(JSON.stringify(says)), says: JSON.stringify(says), done: false });
      }
      if (hasEndMark) await send({ raw: SSE_DONE, says: undefined, done: true });
    },
  };
  const citations = refused ? [] : [{ number: 1, document: 'doc_1', knowledgeBase: 'kb_1', text: passage }];
  const context = create(BuildContextResponseSchema, { citations, refused, systemPrompt: 'RULES' });
  const retrieval = { buildContext: async () => context };
  const call = new Call('chat', {}, 1_000);
  call.principal = { actor: 'a', organizationId: 'o', organizationRole: 0, projectId: 'prj_1', projectRole: 0 };
  const sent: Record<string, unknown>[] = [];
  const upstream = new GroundedUpstream(inner, retrieval as never);
  await upstream.stream(call, { model: 'm', messages, retrieval: { knowledgeBase: 'kb_1' } }, async ({ raw, done }) => {
    const text = String(raw);
    if (!done && text !== '') sent.push(JSON.parse(text.slice('data: '.length)));
  });
  return { sent, asked };
}

const question = { role: 'user', content: 'What does JetStream do?' };
const said = (content: string) => ({ delta: { content } });
const wholeSentence = [{ url_citation: { start_index: 0, end_index: sentence.length }, citation: 1 }];

test('passages come before the first token, and what the answer rests on at the end, once', async () => {
  const { sent } = await chat([question], { deltas: [said(sentence.slice(0, 9)), said(sentence.slice(9))] });
  expect(sent.map((one) => Object.keys(one).find((key) => ['retrieval', 'annotations'].includes(key)))).toEqual([
    'retrieval',
    undefined,
    undefined,
    'annotations',
  ]);
  expect(sent.at(-1)!['annotations']).toMatchObject(wholeSentence);
});

test('an upstream that sends no end mark takes nothing away', async () => {
  const { sent } = await chat([question], { deltas: [said(sentence)], hasEndMark: false });
  expect(sent.at(-1)!['annotations']).toMatchObject(wholeSentence);
});

test('offsets are of the answer alone: thoughts, calls and other choices do not move them', async () => {
  const { sent } = await chat([question], {
    deltas: [
      { index: 1, ...said('Another answer. ') },
      { delta: { reasoning_content: 'The user wants to know about JetStream. ' } },
      { delta: { tool_calls: [{ index: 0, id: 't', type: 'function', function: { name: 'f', arguments: '{}' } }] } },
      said(sentence),
    ],
  });
  expect(sent.at(-1)!['annotations']).toMatchObject(wholeSentence);
});

test('the application’s system message stays the first and the only one, in either form', async () => {
  for (const content of ['Be brief.', [{ type: 'text', text: 'Be brief.' }]]) {
    const { asked } = await chat([{ role: 'system', content }, question], { deltas: [said('Yes.')] });
    expect(asked[0]!.messages).toEqual([{ role: 'system', content: 'Be brief.\n\nRULES' }, question]);
    expect(asked[0]).not.toHaveProperty('retrieval');
  }
});

test('when nothing supports an answer the model is not asked', async () => {
  const { sent, asked } = await chat([question], { refused: true });
  expect(asked).toEqual([]);
  expect(sent[0]).toMatchObject({ retrieval: { refused: true, citations: [] } });
  expect(sent.at(-1)!['annotations']).toEqual([]);
});
