import { describe, expect, test } from 'vitest';
import { readUsage } from './read-usage.ts';
import { NO_USAGE, toCompletionUsage, totalInputTokens, totalOutputTokens } from './usage.ts';

describe('readUsage puts each token in one bucket', () => {
  const cases: [string, object, Partial<typeof NO_USAGE>][] = [
    [
      'OpenAI chat',
      {
        prompt_tokens: 100,
        completion_tokens: 50,
        total_tokens: 150,
        prompt_tokens_details: { cached_tokens: 40, audio_tokens: 10 },
        completion_tokens_details: { reasoning_tokens: 30, audio_tokens: 5, rejected_prediction_tokens: 4 },
      },
      {
        ...{ inputTokens: 50, cachedInputTokens: 40, inputAudioTokens: 10 },
        ...{ outputTokens: 15, reasoningTokens: 30, outputAudioTokens: 5 },
      },
    ],
    [
      'OpenAI chat, null details',
      { prompt_tokens: 5, completion_tokens: 2, total_tokens: 7, prompt_tokens_details: null },
      { inputTokens: 5, outputTokens: 2 },
    ],
    ['embeddings', { prompt_tokens: 9, total_tokens: 9 }, { inputTokens: 9 }],
    [
      'cached audio, which OpenAI counts in both details',
      { prompt_tokens: 10, completion_tokens: 0, prompt_tokens_details: { cached_tokens: 6, audio_tokens: 8 } },
      { cachedInputTokens: 6, inputAudioTokens: 4 },
    ],
    [
      'DeepSeek',
      { prompt_tokens: 30, prompt_cache_hit_tokens: 20, prompt_cache_miss_tokens: 10, completion_tokens: 3 },
      { inputTokens: 10, cachedInputTokens: 20, outputTokens: 3 },
    ],
    [
      'OpenRouter with cache writes',
      { prompt_tokens: 30, completion_tokens: 3, prompt_tokens_details: { cached_tokens: 5, cache_write_tokens: 20 } },
      { inputTokens: 5, cachedInputTokens: 5, cacheWriteTokens: 20, outputTokens: 3 },
    ],
    [
      'cache tokens beside prompt_tokens, as the total shows',
      {
        ...{ prompt_tokens: 10, completion_tokens: 3, total_tokens: 63 },
        ...{ cache_read_input_tokens: 20, cache_creation_input_tokens: 30 },
      },
      { inputTokens: 10, cachedInputTokens: 20, cacheWriteTokens: 30, outputTokens: 3 },
    ],
    [
      'xAI: reasoning beside completion_tokens',
      {
        ...{ prompt_tokens: 10, completion_tokens: 3, total_tokens: 113 },
        completion_tokens_details: { reasoning_tokens: 100 },
      },
      { inputTokens: 10, outputTokens: 3, reasoningTokens: 100 },
    ],
    [
      'Gemini by its OpenAI endpoint: thoughts only in the total',
      { prompt_tokens: 10, completion_tokens: 3, total_tokens: 53 },
      { inputTokens: 10, outputTokens: 3, reasoningTokens: 40 },
    ],
    [
      'OpenAI responses',
      {
        ...{ input_tokens: 20, input_tokens_details: { cached_tokens: 8 } },
        ...{ output_tokens: 9, output_tokens_details: { reasoning_tokens: 4 }, total_tokens: 29 },
      },
      { inputTokens: 12, cachedInputTokens: 8, outputTokens: 5, reasoningTokens: 4 },
    ],
    [
      'Anthropic: cache tokens beside input_tokens',
      { input_tokens: 4, cache_read_input_tokens: 100, cache_creation_input_tokens: 50, output_tokens: 7 },
      { inputTokens: 4, cachedInputTokens: 100, cacheWriteTokens: 50, outputTokens: 7 },
    ],
    [
      'Anthropic without a cache',
      { input_tokens: 4, cache_read_input_tokens: null, cache_creation_input_tokens: null, output_tokens: 7 },
      { inputTokens: 4, outputTokens: 7 },
    ],
    [
      'details larger than their total are capped by it',
      { prompt_tokens: 3, completion_tokens: 2, prompt_tokens_details: { cached_tokens: 9 } },
      { cachedInputTokens: 3, outputTokens: 2 },
    ],
    [
      'nonsense counts as absent',
      { prompt_tokens: 3, completion_tokens: -2, prompt_tokens_details: { cached_tokens: '1' } },
      { inputTokens: 3 },
    ],
  ];
  test.each(cases)('%s', (_name, usage, buckets) => expect(readUsage(usage)).toEqual({ ...NO_USAGE, ...buckets }));

  test('no usage is undefined, not zero', () => {
    for (const none of [undefined, null, {}, [], 'x', 3, { prompt_tokens: null }]) {
      expect(readUsage(none)).toBeUndefined();
    }
  });

  test('the OpenAI form of the buckets reads back to the same totals', () => {
    const usage = { ...NO_USAGE, inputTokens: 3, cachedInputTokens: 4, outputTokens: 5, reasoningTokens: 6 };
    const openAi = toCompletionUsage(usage);
    expect(openAi).toMatchObject({ prompt_tokens: 7, completion_tokens: 11, total_tokens: 18 });
    expect(readUsage(openAi)).toEqual(usage);
    expect([totalInputTokens(usage), totalOutputTokens(usage)]).toEqual([7, 11]);
  });
});
