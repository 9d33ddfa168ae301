import type { TokenUsage } from './usage.ts';

type Fields = Record<string, unknown>;

/**
 * Buckets from a provider's usage object, undefined when it has none we know. Never throws; nonsense (negative, not a
 * number) counts as absent. Shapes: OpenAI chat, completions, embeddings and responses, with the fields that DeepSeek,
 * OpenRouter, Moonshot, xAI and LiteLLM add; Anthropic messages; Gemini `usageMetadata`.
 */
export function readUsage(usage: unknown): TokenUsage | undefined {
  const fields = asFields(usage);
  if (fields === undefined) return undefined;
  if (count(fields['prompt_tokens']) !== undefined) return readChatUsage(fields);
  if (count(fields['promptTokenCount']) !== undefined) return readGeminiUsage(fields);
  if (count(fields['input_tokens']) === undefined) return undefined;
  return isAnthropic(fields) ? readAnthropicUsage(fields) : readResponsesUsage(fields);
}

// `prompt_tokens` contains cached and audio, `completion_tokens` contains reasoning and audio, but not everywhere:
// `total_tokens` tells when a provider keeps one of them outside.
function readChatUsage(fields: Fields): TokenUsage {
  const inputDetails = asFields(fields['prompt_tokens_details']) ?? {};
  const outputDetails = asFields(fields['completion_tokens_details']) ?? {};
  const cached =
    count(inputDetails['cached_tokens']) ??
    count(fields['prompt_cache_hit_tokens']) ??
    count(fields['cache_read_input_tokens']) ??
    count(fields['cached_tokens']) ??
    0;
  const written =
    count(inputDetails['cache_write_tokens']) ??
    count(inputDetails['cache_creation_tokens']) ??
    count(fields['cache_creation_input_tokens']) ??
    0;
  const reasoning = count(outputDetails['reasoning_tokens']) ?? count(fields['reasoning_tokens']) ?? 0;
  const input = count(fields['prompt_tokens']) ?? 0;
  const output = count(fields['completion_tokens']) ?? 0;
  const beyond = (count(fields['total_tokens']) ?? 0) - input - output;
  const outsideInput = beyond > 0 && beyond === cached + written ? beyond : 0;
  // xAI reports reasoning beside completion_tokens; Gemini's OpenAI endpoint only shows it in the total.
  const outsideOutput = outsideInput === 0 && beyond > 0 && (reasoning === 0 || beyond === reasoning) ? beyond : 0;
  return split({
    input: input + outsideInput,
    cached,
    written,
    inputAudio: count(inputDetails['audio_tokens']) ?? 0,
    output: output + outsideOutput,
    reasoning: Math.max(reasoning, outsideOutput),
    outputAudio: count(outputDetails['audio_tokens']) ?? 0,
  });
}

function readResponsesUsage(fields: Fields): TokenUsage {
  const inputDetails = asFields(fields['input_tokens_details']) ?? {};
  const outputDetails = asFields(fields['output_tokens_details']) ?? {};
  return split({
    input: count(fields['input_tokens']) ?? 0,
    cached: count(inputDetails['cached_tokens']) ?? 0,
    written: count(inputDetails['cache_write_tokens']) ?? 0,
    inputAudio: count(inputDetails['audio_tokens']) ?? 0,
    output: count(fields['output_tokens']) ?? 0,
    reasoning: count(outputDetails['reasoning_tokens']) ?? 0,
    outputAudio: count(outputDetails['audio_tokens']) ?? 0,
  });
}

// Anthropic's `input_tokens` is what came after the last cache breakpoint: cached and written are beside it.
function readAnthropicUsage(fields: Fields): TokenUsage {
  const cached = count(fields['cache_read_input_tokens']) ?? 0;
  const written = count(fields['cache_creation_input_tokens']) ?? 0;
  return split({
    input: (count(fields['input_tokens']) ?? 0) + cached + written,
    cached,
    written,
    inputAudio: 0,
    output: count(fields['output_tokens']) ?? 0,
    reasoning: 0,
    outputAudio: 0,
  });
}

// Gemini's thoughts are beside the candidates; cached content and tool-use prompts: the first is inside, the second is not.
function readGeminiUsage(fields: Fields): TokenUsage {
  const reasoning = count(fields['thoughtsTokenCount']) ?? 0;
  return split({
    input: (count(fields['promptTokenCount']) ?? 0) + (count(fields['toolUsePromptTokenCount']) ?? 0),
    cached: count(fields['cachedContentTokenCount']) ?? 0,
    written: 0,
    inputAudio: modalityTokens(fields['promptTokensDetails'], 'AUDIO'),
    output: (count(fields['candidatesTokenCount']) ?? 0) + reasoning,
    reasoning,
    outputAudio: modalityTokens(fields['candidatesTokensDetails'], 'AUDIO'),
  });
}

function modalityTokens(details: unknown, modality: string): number {
  if (!Array.isArray(details)) return 0;
  const entry = details.map(asFields).find((each) => each?.['modality'] === modality);
  return count(entry?.['tokenCount']) ?? 0;
}

// Totals with their parts, to disjoint buckets. Parts are capped by what is left of the total (cached audio is in both
// parts at OpenAI), so the sum is the provider's total whatever the parts say.
function split(of: {
  input: number;
  cached: number;
  written: number;
  inputAudio: number;
  output: number;
  reasoning: number;
  outputAudio: number;
}): TokenUsage {
  const cachedInputTokens = Math.min(of.cached, of.input);
  const cacheWriteTokens = Math.min(of.written, of.input - cachedInputTokens);
  const inputAudioTokens = Math.min(of.inputAudio, of.input - cachedInputTokens - cacheWriteTokens);
  const reasoningTokens = Math.min(of.reasoning, of.output);
  const outputAudioTokens = Math.min(of.outputAudio, of.output - reasoningTokens);
  return {
    inputTokens: of.input - cachedInputTokens - cacheWriteTokens - inputAudioTokens,
    cachedInputTokens,
    cacheWriteTokens,
    outputTokens: of.output - reasoningTokens - outputAudioTokens,
    reasoningTokens,
    inputAudioTokens,
    outputAudioTokens,
  };
}

function isAnthropic(fields: Fields): boolean {
  if ('input_tokens_details' in fields) return false;
  return 'cache_read_input_tokens' in fields || 'cache_creation_input_tokens' in fields;
}

function asFields(value: unknown): Fields | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : undefined;
}

// No call has 10^10 tokens; sums and prices of fewer stay within 64 bits.
function count(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= 1e10 ? value : undefined;
}
