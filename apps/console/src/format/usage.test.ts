import { create } from '@bufbuild/protobuf';
import { UsageSchema } from '@llmops/contracts/gateway/v1/call';
import { expect, test } from 'vitest';
import { inputTokens, outputTokens, usageBuckets } from './usage.ts';

test('the buckets shown add up to the totals shown', () => {
  const usage = create(UsageSchema, { inputTokens: 7n, cachedInputTokens: 5n, outputTokens: 11n, reasoningTokens: 3n });
  expect(inputTokens(usage)).toBe(12n);
  expect(outputTokens(usage)).toBe(14n);
  const sum = usageBuckets(usage).reduce((total, bucket) => total + bucket.tokens, 0n);
  expect(sum).toBe(inputTokens(usage) + outputTokens(usage));
  expect(usageBuckets(usage).map((bucket) => bucket.name)).toEqual(['Input', 'Cached input', 'Output', 'Reasoning']);
});
