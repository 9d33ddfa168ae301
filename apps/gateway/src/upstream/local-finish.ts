import type { Finish } from '@llmops/contracts/inference/v1/inference';
import { type CompletionUsage, toCompletionUsage } from '@llmops/llm-protocol';
import type { Call } from '../call/call.ts';

/** Notes where the engine's time went, and gives the usage in OpenAI's form. */
export function finished(call: Call, finish: Finish): CompletionUsage {
  const decodeStart = call.elapsedMs() - finish.decodeMs;
  const prefillStart = decodeStart - finish.prefillMs;
  call.phases.push(
    { name: 'queue', startMs: Math.max(0, prefillStart - finish.queueMs), durationMs: finish.queueMs },
    { name: 'prefill', startMs: Math.max(0, prefillStart), durationMs: finish.prefillMs },
    { name: 'decode', startMs: Math.max(0, decodeStart), durationMs: finish.decodeMs },
  );
  return toCompletionUsage({
    inputTokens: finish.inputTokens - finish.cachedInputTokens,
    cachedInputTokens: finish.cachedInputTokens,
    cacheWriteTokens: 0,
    outputTokens: finish.outputTokens,
    reasoningTokens: 0,
    inputAudioTokens: 0,
    outputAudioTokens: 0,
  });
}
