import { priceUsage } from '@llmops/platform/pricing';
import { expect, test } from 'vitest';
import { loadCatalogue } from './catalogue.ts';

const catalogue = loadCatalogue();

test('a model is found by its name and by provider/model, at the listed price to the pico-dollar', () => {
  for (const key of ['gpt-4o-mini', 'openai/gpt-4o-mini']) {
    expect(catalogue.get(key)).toMatchObject({
      key,
      inputPicoUsd: 150_000,
      cachedInputPicoUsd: 75_000,
      outputPicoUsd: 600_000,
    });
  }
  expect(catalogue.get('anthropic/claude-sonnet-4-5')).toMatchObject({ cacheWritePicoUsd: 3_750_000 });
});

test('all prices are whole and not negative, and one version holds for all', () => {
  const prices = [...catalogue.values()];
  expect(prices.length).toBeGreaterThan(2_000);
  expect(new Set(prices.map((price) => price.version)).size).toBe(1);
  const numbers = prices.flatMap((price) => Object.values(price).filter((value) => typeof value === 'number'));
  expect(numbers.every((value) => Number.isSafeInteger(value) && value >= 0)).toBe(true);
});

test('a thousand tokens each way of a known model cost what its price says', () => {
  const usage = {
    inputTokens: 1_000,
    cachedInputTokens: 1_000,
    cacheWriteTokens: 0,
    outputTokens: 1_000,
    reasoningTokens: 0,
    inputAudioTokens: 0,
    outputAudioTokens: 0,
  };
  expect(priceUsage(usage, catalogue.get('gpt-4o-mini'), false)).toEqual({ state: 'PRICED', costNanoUsd: 825_000 });
});
