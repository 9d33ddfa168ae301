import { create, toJsonString } from '@bufbuild/protobuf';
import { PriceCatalogueSchema } from '@llmops/contracts/cost/v1/cost';
import { expect, test } from 'vitest';
import { decodeCatalogue, priceUsage, type UsageNumbers } from './index.ts';

const none: UsageNumbers = {
  inputTokens: 0,
  cachedInputTokens: 0,
  cacheWriteTokens: 0,
  outputTokens: 0,
  reasoningTokens: 0,
  inputAudioTokens: 0,
  outputAudioTokens: 0,
};
const usage = (part: Partial<UsageNumbers>): UsageNumbers => ({ ...none, ...part });
const price = {
  inputPicoUsd: 150_000,
  cachedInputPicoUsd: 75_000,
  cacheWritePicoUsd: 187_500,
  outputPicoUsd: 600_000,
  reasoningPicoUsd: 700_000,
  inputAudioPicoUsd: 10_000_000,
  outputAudioPicoUsd: 20_000_000,
};

test('each bucket is priced by its own rate, once', () => {
  const cost = (part: Partial<UsageNumbers>) => priceUsage(usage(part), price, false).costNanoUsd;
  expect(cost({ inputTokens: 1000 })).toBe(150_000);
  expect(cost({ cachedInputTokens: 1000 })).toBe(75_000);
  expect(cost({ cacheWriteTokens: 1000 })).toBe(187_500);
  expect(cost({ outputTokens: 1000 })).toBe(600_000);
  expect(cost({ reasoningTokens: 1000 })).toBe(700_000);
  expect(cost({ inputAudioTokens: 1000 })).toBe(10_000_000);
  expect(cost({ outputAudioTokens: 1000 })).toBe(20_000_000);
  const all = Object.fromEntries(Object.keys(none).map((bucket) => [bucket, 1000])) as unknown as UsageNumbers;
  expect(priceUsage(all, price, false)).toEqual({ state: 'PRICED', costNanoUsd: 31_712_500 });
});

test('reasoning falls back to output, cached, written and audio input to input', () => {
  const bare = { inputPicoUsd: 2_000, outputPicoUsd: 8_000 };
  const cost = (part: Partial<UsageNumbers>) => priceUsage(usage(part), bare, false).costNanoUsd;
  expect(cost({ reasoningTokens: 10 })).toBe(80);
  expect(cost({ outputAudioTokens: 10 })).toBe(80);
  expect(cost({ cachedInputTokens: 10, cacheWriteTokens: 10, inputAudioTokens: 10 })).toBe(60);
});

test('half a nano-dollar rounds up, less rounds down, and parts are summed before rounding', () => {
  const cost = (inputTokens: number, outputTokens = 0) =>
    priceUsage(usage({ inputTokens, outputTokens }), { inputPicoUsd: 250, outputPicoUsd: 249 }, false).costNanoUsd;
  expect(cost(2)).toBe(1);
  expect(cost(1)).toBe(0);
  expect(cost(1, 1)).toBe(0);
  expect(cost(2, 2)).toBe(1);
});

test('free, unpriced and priced at nothing yet are three states', () => {
  const some = usage({ inputTokens: 5 });
  expect(priceUsage(some, undefined, false)).toEqual({ state: 'UNPRICED', costNanoUsd: 0 });
  expect(priceUsage(some, undefined, true)).toEqual({ state: 'FREE', costNanoUsd: 0 });
  expect(priceUsage(some, { inputPicoUsd: 0, outputPicoUsd: 0 }, false)).toEqual({ state: 'FREE', costNanoUsd: 0 });
  expect(priceUsage(none, price, false)).toEqual({ state: 'PRICED', costNanoUsd: 0 });
});

test('sums beyond the safe integers stay exact', () => {
  const huge = priceUsage(
    usage({ inputTokens: 9_007_199_254_740_991 }),
    { inputPicoUsd: 1001, outputPicoUsd: 0 },
    false,
  );
  expect(huge.costNanoUsd).toBe((9_007_199_254_740_991n * 1001n + 500n) / 1000n);
  const odd = priceUsage(usage({ inputTokens: 3_000_000_001n }), { inputPicoUsd: 3_000_001, outputPicoUsd: 0 }, false);
  expect(odd.costNanoUsd).toBe(Number((3_000_000_001n * 3_000_001n + 500n) / 1000n));
});

test('the list decodes to the numbers it was made of, by key', () => {
  const price = { key: 'openai/gpt-4o-mini', inputPicoUsd: 150_000n, version: 'v1' };
  const text = toJsonString(PriceCatalogueSchema, create(PriceCatalogueSchema, { version: 'v1', prices: [price] }));
  const listed = decodeCatalogue(text).get('openai/gpt-4o-mini');
  expect(listed).toMatchObject({ key: 'openai/gpt-4o-mini', inputPicoUsd: 150_000, outputPicoUsd: 0, version: 'v1' });
});
