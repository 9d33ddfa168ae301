import { until } from '@llmops/testing';
import OpenAI from 'openai';
import { expect, test } from 'vitest';
import { addTexts, createKnowledgeBase, liveIndex, llmops, storyTexts, untilIndexed } from './support/knowledge.ts';
import { apiKey, baseUrl, chatModel, projectId, traceOf } from './support/platform.ts';

const openai = new OpenAI({ baseURL: `${baseUrl}/v1`, apiKey, maxRetries: 0 });
const project = projectId;

interface Report {
  refused: boolean;
  citations: { number: number; document_name: string; text: string; url: string; start: number; end: number }[];
}

const demo = () =>
  until(async () => {
    const { knowledgeBases } = await llmops.knowledgeBases.listKnowledgeBases({ project });
    return knowledgeBases.find(({ displayName }) => displayName === 'NATS documentation');
  });

/** As an application asks: OpenAI's client, with one more field. */
const ask = async (knowledgeBase: string, content: string) =>
  (await openai.chat.completions.create({
    model: chatModel,
    max_tokens: 48,
    messages: [{ role: 'user', content }],
    retrieval: { knowledgeBase },
  } as OpenAI.ChatCompletionCreateParamsNonStreaming)) as OpenAI.ChatCompletion & { retrieval: Report };

test('the first start brings a knowledge base, every document of it searchable', async () => {
  const { documents, chunkCount } = await demo();
  expect(documents).toMatchObject({ pending: 0n, failed: 0n });
  expect(documents!.indexed).toBeGreaterThan(50n);
  expect(chunkCount).toBeGreaterThan(300n);
});

test('a question is answered from documents, which it cites; the trace shows what was found and how long it took', async () => {
  const { id } = await demo();
  const { data, response } = await openai.chat.completions
    .create({
      model: chatModel,
      max_tokens: 48,
      messages: [{ role: 'user', content: 'What is a queue group in NATS?' }],
      retrieval: { knowledgeBase: id },
    } as OpenAI.ChatCompletionCreateParamsNonStreaming)
    .withResponse();
  const { retrieval } = data as OpenAI.ChatCompletion & { retrieval: Report };
  expect(retrieval.refused).toBe(false);
  expect(retrieval.citations.length).toBeGreaterThan(0);
  expect(retrieval.citations.map(({ document_name }) => document_name).join(' ')).toMatch(/queue/);
  const [first] = retrieval.citations;
  expect(first!.url).toContain(`/p/${project}/knowledge/${id}/documents/`);
  const trace = await traceOf(response.headers.get('x-llmops-call-id')!);
  const spans = trace['spans'] as { name: string; durationMs: number; attributes: Record<string, string> }[];
  const retrievalSpan = spans.find(({ name }) => name === `retrieval ${id}`)!;
  expect(retrievalSpan.durationMs).toBeGreaterThan(0);
  expect(retrievalSpan.attributes['gen_ai.data_source.id']).toBe(JSON.stringify(id));
  expect(spans.map(({ name }) => name)).toEqual(expect.arrayContaining(['embed', 'lexical']));
});

test('streamed, the sources come before the first token and what rests on them after the last', async () => {
  const { id } = await demo();
  const stream = await openai.chat.completions.create({
    model: chatModel,
    max_tokens: 24,
    stream: true,
    messages: [{ role: 'user', content: 'How does JetStream store messages?' }],
    retrieval: { knowledgeBase: id },
  } as OpenAI.ChatCompletionCreateParamsStreaming);
  const chunks: (OpenAI.ChatCompletionChunk & { retrieval?: Report; annotations?: unknown[] })[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  expect(chunks[0]!.retrieval!.citations.length).toBeGreaterThan(0);
  expect(chunks.at(-1)!.annotations).toBeInstanceOf(Array);
  expect(chunks.some(({ choices }) => choices[0]?.delta.content)).toBe(true);
});

test('a question that nothing in the documents answers is refused without asking the model', async () => {
  const { id } = await demo();
  const answer = await ask(id, 'Who won the football world cup in 1990?');
  expect(answer.retrieval).toMatchObject({ refused: true, citations: [] });
  expect(answer.usage!.total_tokens).toBe(0);
});

test('a knowledge base that is not there is a 404 that names it', async () => {
  await expect(ask('kb_none', 'Anything?')).rejects.toMatchObject({
    status: 404,
    code: 'retrieval.knowledge_base_not_found',
  });
  await expect(ask('', 'Anything?')).rejects.toMatchObject({ status: 400, param: 'retrieval.knowledgeBase' });
});

test('the same documents again embed nothing; a deleted one is out of every answer at once', async () => {
  const knowledgeBase = await createKnowledgeBase('again');
  const texts = storyTexts(5, 'again');
  await addTexts(knowledgeBase, texts);
  await untilIndexed(knowledgeBase);
  const before = await liveIndex(knowledgeBase);
  expect(before.embeddedChunks).toBeGreaterThan(0n);
  await addTexts(knowledgeBase, texts);
  await untilIndexed(knowledgeBase);
  const after = await liveIndex(knowledgeBase);
  expect(after).toMatchObject({ embeddedChunks: before.embeddedChunks, revision: before.revision });

  const find = () => llmops.search.search({ project, knowledgeBase, query: 'the story of item again3', k: 50 });
  const found = (await find()).results.find(({ uri }) => uri === 'again-3')!;
  await llmops.documents.deleteDocument({ project, knowledgeBase, document: found.document });
  const left = await find();
  expect(left.results.map(({ uri }) => uri)).not.toContain('again-3');
  expect(left.results.length).toBeGreaterThan(0);
  await llmops.knowledgeBases.deleteKnowledgeBase({ project, knowledgeBase });
});

test('another index is built beside the live one, switched to and rolled back, and questions are answered all the time', async () => {
  const knowledgeBase = await createKnowledgeBase('switch');
  await addTexts(knowledgeBase, storyTexts(6, 'switch'));
  await untilIndexed(knowledgeBase);
  const first = await liveIndex(knowledgeBase);
  const answered: string[] = [];
  let asking = true;
  const asked = (async () => {
    while (asking) {
      const { results, indexVersion } = await llmops.search.search({ project, knowledgeBase, query: 'river stone' });
      if (results.length > 0) answered.push(indexVersion);
    }
  })();
  const second = await llmops.indexVersions.createIndexVersion({
    project,
    knowledgeBase,
    settings: { embeddingModels: ['all-minilm-l6-v2'], chunker: { maxTokens: 64 } },
  });
  await until(async () => {
    const { state } = await llmops.indexVersions.getIndexVersion({ project, knowledgeBase, indexVersion: second.id });
    return state !== second.state;
  }, 60_000);
  await llmops.indexVersions.activateIndexVersion({ project, knowledgeBase, indexVersion: second.id });
  await until(async () => answered.at(-1) === second.id);
  const rolledBack = await llmops.indexVersions.rollbackIndexVersion({ project, knowledgeBase });
  expect(rolledBack.liveIndexVersion).toBe(first.id);
  await until(async () => answered.at(-1) === first.id);
  asking = false;
  await asked;
  expect(new Set(answered)).toEqual(new Set([first.id, second.id]));
  await llmops.knowledgeBases.deleteKnowledgeBase({ project, knowledgeBase });
});
