import type { MessageInitShape } from '@bufbuild/protobuf';
import {
  type ChatRequestSchema,
  type MessageSchema,
  ResponseFormat_Type,
  type SamplingOptionsSchema,
  ToolChoice_Mode,
} from '@llmops/contracts/inference/v1/inference';
import {
  type ChatCompletionRequest,
  type ChatMessage,
  type CompletionRequest,
  InvalidRequestError,
  textOfContent,
} from '@llmops/llm-protocol';
import { AppError } from '@llmops/platform/errors';

/** An OpenAI chat request as inference takes it. Throws `gateway.unsupported` for what local engines cannot do. */
export function toChatRequest(
  model: string,
  request: ChatCompletionRequest,
): MessageInitShape<typeof ChatRequestSchema> {
  return {
    model,
    messages: request.messages.map(toMessage),
    sampling: {
      ...toSampling(request),
      maxTokens: atMostInt32(request.max_completion_tokens ?? request.max_tokens ?? undefined),
      logprobs: request.logprobs === true,
      topLogprobs: request.top_logprobs ?? 0,
    },
    tools: (request.tools ?? []).map((tool, index) => {
      if (tool.type !== 'function') throw unsupported(`tools[${index}].type`, 'local models take function tools only');
      const { name, description = '', parameters } = tool.function;
      return {
        name,
        description: description ?? '',
        parametersJson: JSON.stringify(parameters ?? { type: 'object', properties: {} }),
      };
    }),
    toolChoice: toToolChoice(request.tool_choice),
    responseFormat: toResponseFormat(request.response_format),
    parallelToolCalls: request.parallel_tool_calls !== false,
  };
}

/** The options that chat and text completion share. */
export function toSampling(
  request: ChatCompletionRequest | CompletionRequest,
): MessageInitShape<typeof SamplingOptionsSchema> {
  const extra = request as { top_k?: unknown; min_p?: unknown };
  if ((request.n ?? 1) > 1) throw unsupported('n', 'local models give one answer a request; send the request again');
  return {
    temperature: request.temperature ?? undefined,
    topP: request.top_p ?? undefined,
    topK: numberIn('top_k', extra.top_k, MAX_INT32, Number.isInteger),
    minP: numberIn('min_p', extra.min_p, 1, Number.isFinite),
    seed: request.seed == null ? undefined : BigInt(Math.trunc(request.seed)),
    frequencyPenalty: request.frequency_penalty ?? undefined,
    presencePenalty: request.presence_penalty ?? undefined,
    logitBias: biasesOf(request.logit_bias ?? {}),
    stop: request.stop == null ? [] : [request.stop].flat(),
  };
}

/** No context is longer than this, and no field of ours. */
export const MAX_INT32 = 2 ** 31 - 1;

export const atMostInt32 = (count: number | undefined) =>
  count === undefined ? undefined : Math.min(count, MAX_INT32);

/** Fields that are not OpenAI's are not checked before. */
function numberIn(param: string, value: unknown, max: number, fits: (value: unknown) => boolean): number | undefined {
  if (value === undefined || value === null) return undefined;
  if (fits(value) && (value as number) >= 0 && (value as number) <= max) return value as number;
  const kind = fits === Number.isInteger ? 'an integer' : 'a number';
  throw new InvalidRequestError(`"${param}": expected ${kind} from 0 to ${max}.`, param, 'invalid_value');
}

function biasesOf(biases: Readonly<Record<string, number>>): Record<number, number> {
  for (const id in biases) {
    if (Number(id) > MAX_INT32) throw unsupported('logit_bias', `there is no token ${id}`);
  }
  return biases;
}

export const unsupported = (param: string, message: string) =>
  new AppError({ code: 'gateway.unsupported', category: 'invalid', message: `${param}: ${message}.`, param });

function toMessage(message: ChatMessage, index: number): MessageInitShape<typeof MessageSchema> {
  const { content } = message;
  if (Array.isArray(content)) {
    const part = content.findIndex(({ type }) => type !== 'text' && type !== 'refusal');
    if (part >= 0) throw unsupported(`messages[${index}].content[${part}]`, 'local models read text only');
  }
  const calls = 'tool_calls' in message ? (message.tool_calls ?? []) : [];
  return {
    // Templates of older models know no developer role.
    role: message.role === 'developer' ? 'system' : message.role,
    content: content == null ? '' : textOfContent(content),
    name: ('name' in message && message.name) || '',
    toolCallId: ('tool_call_id' in message && message.tool_call_id) || '',
    toolCalls: calls.flatMap((call) =>
      call.type === 'function' ? [{ id: call.id, name: call.function.name, arguments: call.function.arguments }] : [],
    ),
  };
}

function toToolChoice(choice: ChatCompletionRequest['tool_choice']) {
  if (choice == null || choice === 'auto') return { mode: ToolChoice_Mode.AUTO };
  if (choice === 'none') return { mode: ToolChoice_Mode.NONE };
  if (choice === 'required') return { mode: ToolChoice_Mode.REQUIRED };
  if (choice.type === 'function') return { mode: ToolChoice_Mode.FUNCTION, name: choice.function.name };
  throw unsupported('tool_choice.type', 'local models take a function choice only');
}

function toResponseFormat(format: ChatCompletionRequest['response_format']) {
  if (format == null || format.type === 'text') return { type: ResponseFormat_Type.TEXT };
  if (format.type === 'json_object') return { type: ResponseFormat_Type.JSON_OBJECT };
  const { name, schema = {}, strict } = format.json_schema;
  return {
    type: ResponseFormat_Type.JSON_SCHEMA,
    schemaName: name,
    schemaJson: JSON.stringify(schema),
    strict: strict === true,
  };
}
