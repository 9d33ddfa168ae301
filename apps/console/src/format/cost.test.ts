import { create } from '@bufbuild/protobuf';
import { Price_State, PriceSchema } from '@llmops/contracts/gateway/v1/call';
import { expect, test } from 'vitest';
import { formatCost, formatPrice } from './cost.ts';

test.each([
  [0n, '$0'],
  [1n, '$0.000000001'],
  [1_234n, '$0.00000123'],
  [120_000n, '$0.00012'],
  [9_999_999n, '$0.01'],
  [12_345_678n, '$0.0123'],
  [999_999_999n, '$1.0000'],
  [1_000_000_000n, '$1.00'],
  [1_234_567_890_000_000n, '$1,234,567.89'],
  [-120_000n, '-$0.00012'],
])('%s nano-dollars read as %s', (nano, text) => {
  expect(formatCost(nano)).toBe(text);
});

test('free and unknown are told apart from zero', () => {
  const priceIn = (state: Price_State) => formatPrice(create(PriceSchema, { state }));
  expect(priceIn(Price_State.FREE)).toBe('Free');
  expect(priceIn(Price_State.UNPRICED)).toBe('No price');
  expect(priceIn(Price_State.PRICED)).toBe('$0');
  expect(formatPrice(undefined)).toBe('–');
});

test('a sum with unpriced calls in it is a lower bound', () => {
  const price = create(PriceSchema, { state: Price_State.UNPRICED, costNanoUsd: 120_000n });
  expect(formatPrice(price)).toBe('≥ $0.00012');
});
