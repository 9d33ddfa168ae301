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
      maxTokens: request.max_completion_tokens ?? request.max_tokens ?? undefined,
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
  const extra = request as { top_k?: number; min_p?: number };
  if ((request.n ?? 1) > 1) throw unsupported('n', 'local models give one answer a request; send the request again');
  return {
    temperature: request.temperature ?? undefined,
    topP: request.top_p ?? undefined,
    topK: extra.top_k,
    minP: extra.min_p,
    seed: request.seed == null ? undefined : BigInt(Math.trunc(request.seed)),
    frequencyPenalty: request.frequency_penalty ?? undefined,
    presencePenalty: request.presence_penalty ?? undefined,
    logitBias: Object.fromEntries(Object.entries(request.logit_bias ?? {}).map(([id, bias]) => [Number(id), bias])),
    stop: request.stop == null ? [] : [request.stop].flat(),
  };
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
