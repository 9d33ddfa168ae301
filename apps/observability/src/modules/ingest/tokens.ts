import type { Usage } from '@llmops/contracts/gateway/v1/call';

/** All input tokens, cached ones included. */
export const inputTokensOf = (usage: Usage): number =>
  Number(usage.inputTokens + usage.cachedInputTokens + usage.cacheWriteTokens + usage.inputAudioTokens);

/** All output tokens, reasoning included. */
export const outputTokensOf = (usage: Usage): number =>
  Number(usage.outputTokens + usage.reasoningTokens + usage.outputAudioTokens);
