import type { Usage } from '@llmops/contracts/gateway/v1/call';

/** All tokens that went in: fresh, cached, written to a cache, audio. */
export function inputTokens(usage: Usage | undefined): bigint {
  if (usage === undefined) return 0n;
  return usage.inputTokens + usage.cachedInputTokens + usage.cacheWriteTokens + usage.inputAudioTokens;
}

/** All tokens that came out: text, reasoning, audio. */
export function outputTokens(usage: Usage | undefined): bigint {
  if (usage === undefined) return 0n;
  return usage.outputTokens + usage.reasoningTokens + usage.outputAudioTokens;
}

const buckets = [
  ['Input', 'inputTokens'],
  ['Cached input', 'cachedInputTokens'],
  ['Cache write', 'cacheWriteTokens'],
  ['Input audio', 'inputAudioTokens'],
  ['Output', 'outputTokens'],
  ['Reasoning', 'reasoningTokens'],
  ['Output audio', 'outputAudioTokens'],
] as const;

/** The buckets that hold tokens, by name. They are disjoint. */
export function usageBuckets(usage: Usage): { name: string; tokens: bigint }[] {
  return buckets.map(([name, key]) => ({ name, tokens: usage[key] })).filter((bucket) => bucket.tokens > 0n);
}
