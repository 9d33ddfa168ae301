import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { ChatAccumulator } from './chat-accumulator.ts';
import type { ChatCompletionChunk } from './chat-completion.ts';
import { parseErrorBody } from './error-body.ts';
import { parseChatRequest } from './parse-chat-request.ts';
import { parseEmbeddingRequest } from './parse-embedding-request.ts';
import { readUsage } from './read-usage.ts';
import { SseDecoder } from './sse-decoder.ts';
import { totalInputTokens, totalOutputTokens } from './usage.ts';

interface Exchange {
  uri: string;
  request: unknown;
  status: number;
  contentType: string;
  body: string;
}

const folder = new URL('../fixtures/', import.meta.url);
const read = (name: string): string => readFileSync(new URL(name, folder), 'utf8');
const names = readdirSync(folder);
const exchanges = names
  .filter((name) => /^(openai-v2|google-genai|vertexai)-/.test(name))
  .flatMap((name) => (JSON.parse(read(name)) as Exchange[]).map((exchange, i) => ({ name: `${name}#${i}`, exchange })));
const streams = exchanges.filter(({ exchange }) => exchange.contentType.startsWith('text/event-stream'));
const chatStreams = streams.filter(({ exchange }) => exchange.uri.endsWith('/chat/completions'));
const byName = (part: string): Exchange => exchanges.find(({ name }) => name.includes(part))?.exchange as Exchange;

function datas(body: string): string[] {
  const decoder = new SseDecoder();
  const frames = decoder.push(Buffer.from(body));
  expect(decoder.end()?.data).toBeUndefined();
  return frames.flatMap((frame) => (frame.data === undefined || frame.data === '[DONE]' ? [] : [frame.data]));
}

function fold(lines: string[]): ChatAccumulator {
  const accumulator = new ChatAccumulator();
  for (const line of lines) accumulator.push(JSON.parse(line) as ChatCompletionChunk);
  return accumulator;
}

// Gemini's early chunks have a usageMetadata without any count.
function isUsage(key: string, value: unknown): boolean {
  return (key === 'usage' || key === 'usageMetadata') && /tokens?_?count|tokens/i.test(JSON.stringify(value));
}

/** Every usage object anywhere in a recorded answer. */
function usages(value: unknown): Record<string, unknown>[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) =>
    isUsage(key, inner) ? [inner as Record<string, unknown>] : usages(inner),
  );
}

describe('usage on recorded exchanges', () => {
  const answers: [string, unknown][] = [
    ...exchanges.map(({ name, exchange }): [string, unknown] => [
      name,
      streams.some((each) => each.exchange === exchange)
        ? datas(exchange.body).map((data) => JSON.parse(data))
        : JSON.parse(exchange.body),
    ]),
    ...names
      .filter((name) => name.endsWith('.jsonl'))
      .map((name): [string, unknown] => [
        name,
        read(name)
          .trim()
          .split('\n')
          .map((line) => JSON.parse(line)),
      ]),
    ...names
      .filter((name) => /^chat_.*\.json$/.test(name))
      .map((name): [string, unknown] => [name, JSON.parse(read(name))]),
  ];
  const found = answers.flatMap(([name, answer]) => usages(answer).map((usage): [string, object] => [name, usage]));

  test('the recordings hold enough of them to mean something', () => expect(found.length).toBeGreaterThanOrEqual(18));

  test.each(found)('%s: buckets sum to what the provider counted', (_name, recorded) => {
    const given = recorded as Record<string, number | undefined>;
    const usage = readUsage(recorded);
    const total = given['total_tokens'] ?? given['totalTokenCount'];
    expect(total).toBeGreaterThan(0);
    expect(totalInputTokens(usage!) + totalOutputTokens(usage!)).toBe(total);
    const input = given['prompt_tokens'] ?? given['input_tokens'] ?? given['promptTokenCount'];
    expect(totalInputTokens(usage!)).toBe(input);
    for (const bucket of Object.values(usage!)) expect(bucket).toBeGreaterThanOrEqual(0);
  });
});

describe('recorded streams', () => {
  test.each(streams.map(({ name, exchange }): [string, string] => [name, exchange.body]))(
    '%s: a cut at any byte gives the same frames, and their raw bytes are the stream',
    (_name, body) => {
      const bytes = Buffer.from(body).subarray(0, 6000);
      const decode = (pieces: Buffer[]) => {
        const decoder = new SseDecoder();
        const frames = pieces.flatMap((piece) => decoder.push(piece));
        const rest = decoder.end();
        return { data: frames.map((frame) => frame.data), raw: [...frames, ...(rest ? [rest] : [])].map((f) => f.raw) };
      };
      const whole = decode([bytes]);
      expect(Buffer.concat(whole.raw).equals(bytes)).toBe(true);
      for (let cut = 1; cut < bytes.length; cut++) {
        const { data, raw } = decode([bytes.subarray(0, cut), bytes.subarray(cut)]);
        if (Buffer.concat(raw).equals(bytes) && data.join('\0') === whole.data.join('\0')) continue;
        expect.fail(`differs when cut at ${cut}`);
      }
    },
  );

  test('two tool calls are put together from their pieces', () => {
    const answer = fold(datas(byName('multiple_tools_streaming').body)).result();
    expect(answer.choices[0]).toMatchObject({ finish_reason: 'tool_calls', message: { content: null } });
    expect(answer.choices[0]?.message.tool_calls).toEqual([
      {
        id: 'call_oJL2dc4GjWVxqBtWlGLwjbsR',
        type: 'function',
        function: { name: 'get_current_weather', arguments: '{"location": "Seattle, WA"}' },
      },
      {
        id: 'call_ON3lp1OWsbw2obNRD43KVDp6',
        type: 'function',
        function: { name: 'get_current_weather', arguments: '{"location": "San Francisco, CA"}' },
      },
    ]);
    expect(answer.usage?.total_tokens).toBe(126);
  });

  test('choices that come in turn are kept apart and complete', () => {
    const accumulator = fold(datas(byName('multiple_choices_streaming').body));
    const answer = accumulator.result();
    expect(answer.choices.map((choice) => choice.index)).toEqual([0, 1]);
    for (const choice of answer.choices) {
      expect(choice.finish_reason).toBe('stop');
      expect(choice.message.content?.length).toBeGreaterThan(20);
    }
    expect(accumulator.text()).toBe(answer.choices.map((choice) => choice.message.content).join(''));
  });

  test.each(names.filter((name) => name.endsWith('.jsonl')))('%s folds to an answer with its finish reason', (name) => {
    const answer = fold(read(name).trim().split('\n')).result();
    expect(answer.choices[0]?.finish_reason).toMatch(/^(stop|length|tool_calls)$/);
    const { message } = answer.choices[0]!;
    expect(message.content || message.tool_calls?.[0]?.id).toBeTruthy();
  });
});

describe('recorded requests and errors', () => {
  test('every recorded request is accepted', () => {
    expect(chatStreams.length).toBeGreaterThan(0);
    for (const { exchange } of exchanges) {
      if (exchange.uri.endsWith('/chat/completions')) parseChatRequest(exchange.request);
      if (exchange.uri.endsWith('/embeddings')) parseEmbeddingRequest(exchange.request);
    }
  });

  test('a recorded error keeps its own message, type and code', () => {
    const { status, body } = byName('chat_completion_404');
    expect(parseErrorBody(status, body).error).toMatchObject({
      type: 'invalid_request_error',
      code: 'model_not_found',
    });
    expect(parseErrorBody(status, body).error.message).toMatch(/does not exist/);
  });
});
