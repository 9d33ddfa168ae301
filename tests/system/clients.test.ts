import { createOpenAI } from '@ai-sdk/openai';
import { HumanMessage } from '@langchain/core/messages';
import { ChatOpenAI, OpenAIEmbeddings } from '@langchain/openai';
import { embed, generateText, streamText } from 'ai';
import OpenAI from 'openai';
import { zodResponseFormat } from 'openai/helpers/zod';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { apiKey, baseUrl, chatModel, embeddingModel } from './support/platform.ts';

const openai = new OpenAI({ baseURL: `${baseUrl}/v1`, apiKey, maxRetries: 0 });
const hello = [{ role: 'user' as const, content: 'Say hello in one short sentence.' }];
const person = z.object({ name: z.string(), age: z.number().int().min(0).max(120), city: z.enum(['Paris', 'Rome']) });

test('openai: lists models and gets one', async () => {
  const models = await openai.models.list();
  expect(models.data.map(({ id }) => id)).toEqual(expect.arrayContaining([chatModel, embeddingModel]));
  expect(await openai.models.retrieve(chatModel)).toMatchObject({ id: chatModel, object: 'model' });
});

test('openai: chats', async () => {
  const answer = await openai.chat.completions.create({
    model: chatModel,
    messages: hello,
    max_tokens: 24,
    temperature: 0,
  });
  expect(answer.choices[0]!.message.content!.length).toBeGreaterThan(0);
  expect(['stop', 'length']).toContain(answer.choices[0]!.finish_reason);
  const { prompt_tokens, completion_tokens, total_tokens } = answer.usage!;
  expect(prompt_tokens).toBeGreaterThan(5);
  expect(completion_tokens).toBeLessThanOrEqual(24);
  expect(total_tokens).toBe(prompt_tokens + completion_tokens);
});

test('openai: streams in more than one piece, with usage at the end', async () => {
  const stream = await openai.chat.completions.create({
    model: chatModel,
    messages: hello,
    max_tokens: 24,
    temperature: 0,
    stream: true,
    stream_options: { include_usage: true },
  });
  const chunks = [];
  for await (const chunk of stream) chunks.push(chunk);
  expect(chunks.filter(({ choices }) => choices[0]?.delta.content).length).toBeGreaterThan(3);
  expect(chunks[0]!.choices[0]!.delta.role).toBe('assistant');
  expect(chunks.at(-1)!.usage!.completion_tokens).toBeGreaterThan(3);
  expect(chunks.at(-1)!.choices).toEqual([]);
});

test('openai: structured output keeps to its schema, streamed or not', async () => {
  const request = {
    model: chatModel,
    messages: [{ role: 'user' as const, content: 'Describe Bob, 42, from Paris.' }],
    response_format: zodResponseFormat(person, 'person'),
    max_tokens: 120,
  };
  const answer = await openai.chat.completions.parse(request);
  expect(person.parse(answer.choices[0]!.message.parsed)).toBeDefined();
  const final = await openai.chat.completions.stream(request).finalChatCompletion();
  expect(person.parse(final.choices[0]!.message.parsed)).toBeDefined();
});

test('openai: a forced tool call has arguments that fit its parameters', async () => {
  const parameters = z.toJSONSchema(
    z.object({ city: z.enum(['Paris', 'Rome']), days: z.number().int().min(1).max(7) }),
  );
  const answer = await openai.chat.completions.create({
    model: chatModel,
    messages: [{ role: 'user', content: 'What will the weather be in Paris for 3 days?' }],
    tools: [{ type: 'function', function: { name: 'weather', description: 'Forecast', parameters } }],
    tool_choice: { type: 'function', function: { name: 'weather' } },
    max_tokens: 100,
  });
  const call = answer.choices[0]!.message.tool_calls![0]!;
  expect(answer.choices[0]!.finish_reason).toBe('tool_calls');
  expect(call.type === 'function' && call.function.name).toBe('weather');
  const args = JSON.parse((call as { function: { arguments: string } }).function.arguments) as {
    city: string;
    days: number;
  };
  expect(['Paris', 'Rome']).toContain(args.city);
  expect(args.days).toBeGreaterThanOrEqual(1);
  expect(args.days).toBeLessThanOrEqual(7);
});

test('openai: log-probabilities come when asked for', async () => {
  const answer = await openai.chat.completions.create({
    model: chatModel,
    messages: hello,
    max_tokens: 5,
    temperature: 0,
    logprobs: true,
    top_logprobs: 3,
  });
  const content = answer.choices[0]!.logprobs!.content!;
  expect(content.length).toBeGreaterThan(0);
  for (const { logprob, top_logprobs } of content) {
    expect(logprob).toBeLessThanOrEqual(0);
    expect(top_logprobs).toHaveLength(3);
  }
});

test('openai: stop sequences end the answer and are not part of it', async () => {
  const request = {
    model: chatModel,
    messages: [{ role: 'user' as const, content: 'Count: one two three four five' }],
    temperature: 0,
    max_tokens: 40,
  };
  const free = (await openai.chat.completions.create(request)).choices[0]!.message.content!;
  const stop = free.slice(4, 7);
  const stopped = (await openai.chat.completions.create({ ...request, stop })).choices[0]!;
  expect(stopped.message.content).toBe(free.slice(0, free.indexOf(stop)));
  expect(stopped.finish_reason).toBe('stop');
});

test('openai: text completion, whole and streamed', async () => {
  const request = { model: chatModel, prompt: 'Once upon a time', max_tokens: 8, temperature: 0 };
  const whole = await openai.completions.create(request);
  expect(whole.choices[0]!.text.length).toBeGreaterThan(0);
  let text = '';
  for await (const chunk of await openai.completions.create({ ...request, stream: true }))
    text += chunk.choices[0]?.text ?? '';
  expect(text.length).toBeGreaterThan(0);
});

test('openai: embeddings are unit vectors whose nearness follows meaning, as floats and as base64', async () => {
  const input = ['A cat sits on the mat.', 'A kitten is sitting on a rug.', 'Interest rates rose by two percent.'];
  const floats = await openai.embeddings.create({ model: embeddingModel, input, encoding_format: 'float' });
  const [cat, kitten, rates] = floats.data.map(({ embedding }) => embedding);
  const dot = (a: number[], b: number[]) => a.reduce((sum, value, i) => sum + value * b[i]!, 0);
  expect(cat).toHaveLength(384);
  expect(dot(cat!, cat!)).toBeCloseTo(1, 3);
  expect(dot(cat!, kitten!)).toBeGreaterThan(dot(cat!, rates!) + 0.2);
  // What the client asks for by itself.
  const base64 = await openai.embeddings.create({ model: embeddingModel, input: input[0]! });
  expect(dot(base64.data[0]!.embedding, cat!)).toBeGreaterThan(0.98);
  expect(floats.usage.prompt_tokens).toBeGreaterThan(15);
});

test('openai: each failure is the class the client has for it', async () => {
  const bad = new OpenAI({ baseURL: `${baseUrl}/v1`, apiKey: 'llmk_wrong', maxRetries: 0 });
  await expect(bad.models.list()).rejects.toBeInstanceOf(OpenAI.AuthenticationError);
  await expect(openai.chat.completions.create({ model: 'nope', messages: hello })).rejects.toBeInstanceOf(
    OpenAI.NotFoundError,
  );
  const wrong = openai.chat.completions.create({ model: chatModel, messages: hello, temperature: 9 });
  await expect(wrong).rejects.toBeInstanceOf(OpenAI.BadRequestError);
  await expect(wrong).rejects.toMatchObject({ param: 'temperature' });
  const long = openai.chat.completions.create({
    model: chatModel,
    messages: [{ role: 'user', content: 'word '.repeat(20_000) }],
  });
  await expect(long).rejects.toMatchObject({ status: 400, code: 'inference.context_length_exceeded' });
});

test('Vercel AI SDK: generates, streams, embeds', async () => {
  const provider = createOpenAI({ baseURL: `${baseUrl}/v1`, apiKey });
  const model = provider.chat(chatModel);
  const { text, usage } = await generateText({ model, prompt: 'Say hello.', maxOutputTokens: 16 });
  expect(text.length).toBeGreaterThan(0);
  expect(usage.outputTokens).toBeGreaterThan(0);
  const stream = streamText({ model, prompt: 'Say hello.', maxOutputTokens: 16 });
  const pieces: string[] = [];
  for await (const piece of stream.textStream) pieces.push(piece);
  expect(pieces.length).toBeGreaterThan(1);
  const { embedding } = await embed({ model: provider.embedding(embeddingModel), value: 'hello' });
  expect(embedding).toHaveLength(384);
});

test('LangChain JS: invokes, streams, embeds', async () => {
  const configuration = { baseURL: `${baseUrl}/v1` };
  const model = new ChatOpenAI({ model: chatModel, apiKey, configuration, maxTokens: 16, temperature: 0 });
  const answer = await model.invoke([new HumanMessage('Say hello.')]);
  expect(String(answer.content).length).toBeGreaterThan(0);
  expect(answer.usage_metadata!.output_tokens).toBeGreaterThan(0);
  let pieces = 0;
  for await (const _ of await model.stream('Say hello.')) pieces += 1;
  expect(pieces).toBeGreaterThan(1);
  const embeddings = new OpenAIEmbeddings({ model: embeddingModel, apiKey, configuration });
  expect(await embeddings.embedQuery('hello')).toHaveLength(384);
});
