import type { ChatChunk } from '@llmops/contracts/inference/v1/inference';
import type { ChatCompletionRequest } from '@llmops/llm-protocol';
import { describe, expect, test } from 'vitest';
import { Call } from '../call/call.ts';
import { completionAnswer, completionFrames } from './local-completion.ts';
import { toChatRequest } from './local-request.ts';

const chat = (more: object) =>
  toChatRequest('m', { model: 'm', messages: [{ role: 'user', content: 'Hi' }], ...more } as ChatCompletionRequest);

describe('a chat request for a local engine', () => {
  test('numbers that no field of ours holds are cut or refused by name, not a failure of ours', () => {
    expect(chat({ max_tokens: Number.MAX_SAFE_INTEGER }).sampling?.maxTokens).toBe(2 ** 31 - 1);
    expect(() => chat({ logit_bias: { 4294967296: 5 } })).toThrow('logit_bias: there is no token 4294967296');
    for (const top_k of [1.5, -1, 'x', 1e12]) expect(() => chat({ top_k })).toThrow('"top_k": expected an integer');
    for (const min_p of [2, 'x', -1]) expect(() => chat({ min_p })).toThrow('"min_p": expected a number from 0 to 1');
    expect(chat({ top_k: null, min_p: 0.1 }).sampling).toMatchObject({ topK: undefined, minP: 0.1 });
  });
});

describe('log-probabilities of a text completion', () => {
  const head = { id: 'cmpl-1', created: 0, model: 'm' };
  const one = (token: string) => ({ token, logprob: -1, bytes: new Uint8Array() });
  const logprob = (token: string) => ({ ...one(token), top: [one(token)] });
  async function* chunks() {
    const none = { content: '', toolCalls: [], logprobs: [], finish: undefined };
    yield { ...none, content: 'echo' };
    yield { ...none, content: ' a', logprobs: [logprob(' a')] };
    // Held back: it may begin a stop text.
    yield { ...none, logprobs: [logprob('\n')] };
    yield { ...none, content: '\nbc', logprobs: [logprob('bc')] };
    yield { ...none, finish: { reason: 1, inputTokens: 1, cachedInputTokens: 0, outputTokens: 3, decodeMs: 1 } };
  }
  const stream = () => chunks() as unknown as AsyncIterable<ChatChunk>;
  const expected = { tokens: [' a', '\n', 'bc'], text_offset: [4, 6, 7] };

  test('offsets are those of the tokens in the text', async () => {
    const { answer } = await completionAnswer(new Call('text_completion', {}, 1000), head, stream());
    expect(answer.choices[0]).toMatchObject({ text: 'echo a\nbc', logprobs: expected });
  });

  test('streamed, they come too, and are the same', async () => {
    const found = { tokens: [] as string[], text_offset: [] as number[] };
    const frames = completionFrames(new Call('text_completion', {}, 1000), head, stream(), false);
    for await (const { says } of frames) {
      const logprobs = (says as { choices?: { logprobs?: typeof found }[] } | undefined)?.choices?.[0]?.logprobs;
      found.tokens.push(...(logprobs?.tokens ?? []));
      found.text_offset.push(...(logprobs?.text_offset ?? []));
    }
    expect(found).toEqual(expected);
  });
});
