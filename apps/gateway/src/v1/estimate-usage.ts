import { type ChatCompletion, type Completion, estimateTokens, NO_USAGE } from '@llmops/llm-protocol';
import type { Call } from '../call/call.ts';

/** Usage of a call whose upstream gave no figures: what was sent and asked is counted by us, and marked as an estimate. */
export function estimateUsage(call: Call): void {
  const input = typeof call.input === 'string' ? call.input : JSON.stringify(call.input ?? '');
  call.usage = { ...NO_USAGE, inputTokens: estimateTokens(input), outputTokens: estimateTokens(call.outputText) };
  call.usageEstimated = true;
}

/** All that an answer says, for counting; its shape is the upstream's and may be none we know. */
export function textOfAnswer({ choices }: Partial<ChatCompletion | Completion>): string {
  if (!Array.isArray(choices)) return '';
  return choices
    .map((choice) => {
      if ('text' in choice) return String(choice.text);
      const { content, reasoning_content, tool_calls } = choice.message ?? {};
      return [reasoning_content, content, ...(tool_calls ? [JSON.stringify(tool_calls)] : [])].join('');
    })
    .join('');
}
