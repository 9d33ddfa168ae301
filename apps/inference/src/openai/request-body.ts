import {
  type ChatRequest,
  type CompleteRequest,
  ResponseFormat_Type,
  type SamplingOptions,
  ToolChoice_Mode,
} from '@llmops/contracts/inference/v1/inference';
import type { ChatMessage, ChatTool, ChatToolChoice, ResponseFormat } from '@llmops/llm-protocol';
import { parseTools } from '../chat/template-messages.ts';
import { parseSchema } from '../grammar/compile-schema.ts';

const STREAM = { stream: true, stream_options: { include_usage: true } };

/** Our request as the body of `POST /chat/completions`. */
export function chatBody(request: ChatRequest, model: string): Record<string, unknown> {
  const tools = parseTools(request.tools).map((tool): ChatTool => ({ type: 'function', function: tool as never }));
  return {
    model,
    messages: request.messages.map(message),
    ...STREAM,
    ...samplingFields(request.sampling),
    ...(request.sampling?.logprobs ? { logprobs: true, top_logprobs: request.sampling.topLogprobs } : {}),
    ...(tools.length > 0 ? { tools, parallel_tool_calls: request.parallelToolCalls } : {}),
    ...(tools.length > 0 ? optional('tool_choice', toolChoice(request)) : {}),
    ...optional('response_format', responseFormat(request)),
  };
}

/** Our request as the body of `POST /completions`. */
export function completionBody(request: CompleteRequest, model: string): Record<string, unknown> {
  const logprobs = request.sampling?.logprobs ? { logprobs: request.sampling.topLogprobs } : {};
  return { model, prompt: request.prompt, ...STREAM, ...samplingFields(request.sampling), ...logprobs };
}

function message({ role, content, name, toolCalls, toolCallId }: ChatRequest['messages'][number]): ChatMessage {
  const calls = toolCalls.map((call) => ({
    id: call.id,
    type: 'function' as const,
    function: { name: call.name, arguments: call.arguments },
  }));
  return {
    role,
    content: content === '' && calls.length > 0 ? null : content,
    ...(name ? { name } : {}),
    ...(calls.length > 0 ? { tool_calls: calls } : {}),
    ...(toolCallId ? { tool_call_id: toolCallId } : {}),
  } as ChatMessage;
}

/** `top_k` and `min_p` are not OpenAI's, but every engine we know takes them; they are sent only when given. */
function samplingFields(sampling: SamplingOptions | undefined): Record<string, unknown> {
  if (!sampling) return {};
  const { stop, logitBias, seed } = sampling;
  return {
    ...optional('temperature', sampling.temperature),
    ...optional('top_p', sampling.topP),
    ...optional('top_k', sampling.topK),
    ...optional('min_p', sampling.minP),
    ...optional('seed', seed === undefined ? undefined : Number(seed)),
    ...optional('frequency_penalty', sampling.frequencyPenalty),
    ...optional('presence_penalty', sampling.presencePenalty),
    ...optional('max_tokens', sampling.maxTokens),
    ...(stop.length > 0 ? { stop } : {}),
    ...(Object.keys(logitBias).length > 0 ? { logit_bias: logitBias } : {}),
  };
}

function toolChoice({ toolChoice: choice }: ChatRequest): ChatToolChoice | undefined {
  switch (choice?.mode) {
    case ToolChoice_Mode.AUTO:
      return 'auto';
    case ToolChoice_Mode.NONE:
      return 'none';
    case ToolChoice_Mode.REQUIRED:
      return 'required';
    case ToolChoice_Mode.FUNCTION:
      return { type: 'function', function: { name: choice.name } };
    default:
      return undefined;
  }
}

function responseFormat({ responseFormat: format }: ChatRequest): ResponseFormat | undefined {
  if (format?.type === ResponseFormat_Type.JSON_OBJECT) return { type: 'json_object' };
  if (format?.type !== ResponseFormat_Type.JSON_SCHEMA) return undefined;
  const schema = parseSchema(format.schemaJson) as Record<string, unknown>;
  return { type: 'json_schema', json_schema: { name: format.schemaName || 'answer', schema, strict: format.strict } };
}

const optional = (key: string, value: unknown) => (value === undefined ? {} : { [key]: value });
