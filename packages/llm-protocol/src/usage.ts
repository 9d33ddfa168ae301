import type { CompletionUsage } from './completion-usage.ts';

/** Disjoint buckets: each token is in exactly one, and together they are what the provider counted. */
export interface TokenUsage {
  /** Neither read from a cache nor written to one, nor audio. */
  inputTokens: number;
  cachedInputTokens: number;
  cacheWriteTokens: number;
  /** Neither reasoning nor audio. */
  outputTokens: number;
  reasoningTokens: number;
  inputAudioTokens: number;
  outputAudioTokens: number;
}

export const NO_USAGE: TokenUsage = Object.freeze({
  inputTokens: 0,
  cachedInputTokens: 0,
  cacheWriteTokens: 0,
  outputTokens: 0,
  reasoningTokens: 0,
  inputAudioTokens: 0,
  outputAudioTokens: 0,
});

/** All input tokens, cached ones included. */
export function totalInputTokens(usage: TokenUsage): number {
  return usage.inputTokens + usage.cachedInputTokens + usage.cacheWriteTokens + usage.inputAudioTokens;
}

/** All output tokens, reasoning included. */
export function totalOutputTokens(usage: TokenUsage): number {
  return usage.outputTokens + usage.reasoningTokens + usage.outputAudioTokens;
}

/** The OpenAI form of the buckets, for answers this platform makes itself. */
export function toCompletionUsage(usage: TokenUsage): CompletionUsage {
  const input = totalInputTokens(usage);
  const output = totalOutputTokens(usage);
  return {
    prompt_tokens: input,
    completion_tokens: output,
    total_tokens: input + output,
    prompt_tokens_details: { cached_tokens: usage.cachedInputTokens, audio_tokens: usage.inputAudioTokens },
    completion_tokens_details: { reasoning_tokens: usage.reasoningTokens, audio_tokens: usage.outputAudioTokens },
  };
}
