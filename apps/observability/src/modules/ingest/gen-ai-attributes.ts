import type { Call } from '@llmops/contracts/gateway/v1/call';
import { inputTokensOf, outputTokensOf } from './tokens.ts';

/** Request parameters by the names of OpenTelemetry's GenAI conventions. */
const parameterNames: Record<string, string> = {
  temperature: 'gen_ai.request.temperature',
  top_p: 'gen_ai.request.top_p',
  top_k: 'gen_ai.request.top_k',
  max_tokens: 'gen_ai.request.max_tokens',
  max_completion_tokens: 'gen_ai.request.max_tokens',
  frequency_penalty: 'gen_ai.request.frequency_penalty',
  presence_penalty: 'gen_ai.request.presence_penalty',
  seed: 'gen_ai.request.seed',
  n: 'gen_ai.request.choice.count',
};

const routes: Record<string, string> = {
  chat: '/v1/chat/completions',
  text_completion: '/v1/completions',
  embeddings: '/v1/embeddings',
};

export const routeOf = (operation: string): string => routes[operation] ?? `/v1/${operation}`;

/** Of the root span: the request as the edge saw it. */
export const serverAttributes = (call: Call): Record<string, unknown> => ({
  'http.request.method': 'POST',
  'http.route': routeOf(call.operation),
  'http.response.status_code': call.httpStatus,
  'llmops.call.id': call.id,
  ...(call.errorCode === '' ? {} : { 'error.type': call.errorCode }),
});

/** Of the client span. Input tokens include cached ones and output tokens reasoning, as the conventions want it. */
export function genAiAttributes(call: Call): Record<string, unknown> {
  const { usage } = call;
  const attributes: Record<string, unknown> = {
    'gen_ai.operation.name': call.operation,
    'gen_ai.provider.name': call.provider,
    'gen_ai.request.model': call.requestedModel,
    'gen_ai.request.stream': call.stream,
    ...parameterAttributes(call.parametersJson),
  };
  const set = (name: string, value: unknown) => {
    if (value !== '' && value !== 0) attributes[name] = value;
  };
  set('gen_ai.response.model', call.responseModel);
  set('gen_ai.conversation.id', call.sessionId);
  set('gen_ai.response.time_to_first_chunk', call.timeToFirstTokenMs / 1000);
  set('error.type', call.errorCode);
  set('llmops.release.id', call.releaseId);
  set('enduser.id', call.endUser);
  if (call.finishReason !== '') attributes['gen_ai.response.finish_reasons'] = [call.finishReason];
  if (usage) {
    attributes['gen_ai.usage.input_tokens'] = inputTokensOf(usage);
    attributes['gen_ai.usage.output_tokens'] = outputTokensOf(usage);
    set('gen_ai.usage.cache_read.input_tokens', Number(usage.cachedInputTokens));
    set('gen_ai.usage.cache_creation.input_tokens', Number(usage.cacheWriteTokens));
    set('gen_ai.usage.reasoning.output_tokens', Number(usage.reasoningTokens));
  }
  return attributes;
}

function parameterAttributes(json: string): Record<string, unknown> {
  const parameters = parsedObject(json);
  if (!parameters) return {};
  const attributes: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(parameters)) {
    const known = parameterNames[name];
    if (known && typeof value === 'number') attributes[known] = value;
  }
  const { stop, response_format: format } = parameters;
  if (stop !== undefined && stop !== null) attributes['gen_ai.request.stop_sequences'] = [stop].flat();
  if (typeof format === 'object' && format !== null && String((format as { type?: unknown }).type).startsWith('json')) {
    attributes['gen_ai.output.type'] = 'json';
  }
  attributes['llmops.request.parameters'] = parameters;
  return attributes;
}

function parsedObject(json: string): Record<string, unknown> | undefined {
  if (json === '' || json === '{}') return undefined;
  try {
    const value: unknown = JSON.parse(json);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}
