import type { ChatMessage } from './chat-message.ts';
import type { ChatTool, ChatToolCall, ChatToolCallDelta, ChatToolChoice, FunctionCall } from './chat-tool.ts';
import type { CompletionUsage } from './completion-usage.ts';

/** Body of `POST /v1/chat/completions`. `null` means "not given", as at OpenAI. Unknown fields are kept. */
export interface ChatCompletionRequest {
  model: string;
  messages: ChatMessage[];
  stream?: boolean | null;
  stream_options?: StreamOptions | null;
  /** 0 to 2. */
  temperature?: number | null;
  /** 0 to 1. */
  top_p?: number | null;
  /** Answers to make, 1 to 128. */
  n?: number | null;
  stop?: string | string[] | null;
  /** Deprecated at OpenAI in favour of `max_completion_tokens`, still what most clients send. */
  max_tokens?: number | null;
  max_completion_tokens?: number | null;
  /** -2 to 2. */
  presence_penalty?: number | null;
  /** -2 to 2. */
  frequency_penalty?: number | null;
  /** Token id (as text) to bias, -100 to 100. */
  logit_bias?: Record<string, number> | null;
  logprobs?: boolean | null;
  /** 0 to 20; needs `logprobs`. */
  top_logprobs?: number | null;
  seed?: number | null;
  tools?: ChatTool[] | null;
  tool_choice?: ChatToolChoice | null;
  parallel_tool_calls?: boolean | null;
  response_format?: ResponseFormat | null;
  reasoning_effort?: string | null;
  modalities?: string[] | null;
  audio?: { voice: unknown; format: string } | null;
  prediction?: { type: 'content'; content: unknown } | null;
  metadata?: Record<string, string> | null;
  user?: string | null;
  safety_identifier?: string | null;
  prompt_cache_key?: string | null;
  store?: boolean | null;
  service_tier?: string | null;
  verbosity?: string | null;
}

export interface StreamOptions {
  /** Ask for one more chunk before `[DONE]` that carries `usage` and no choices. */
  include_usage?: boolean | null;
  include_obfuscation?: boolean | null;
}

export type ResponseFormat =
  | { type: 'text' }
  | { type: 'json_object' }
  | { type: 'json_schema'; json_schema: JsonSchemaFormat };

export interface JsonSchemaFormat {
  name: string;
  description?: string;
  /** JSON Schema of the answer. */
  schema?: Record<string, unknown>;
  strict?: boolean | null;
}

export type FinishReason = 'stop' | 'length' | 'tool_calls' | 'content_filter' | 'function_call';

/** Answer of `POST /v1/chat/completions` without `stream`. */
export interface ChatCompletion {
  id: string;
  object: 'chat.completion';
  /** Unix seconds. */
  created: number;
  model: string;
  choices: ChatChoice[];
  usage?: CompletionUsage | null;
  system_fingerprint?: string | null;
  service_tier?: string | null;
}

export interface ChatChoice {
  index: number;
  message: ChatAnswer;
  finish_reason: FinishReason | null;
  logprobs?: ChatLogprobs | null;
}

export interface ChatAnswer {
  role: 'assistant';
  content: string | null;
  refusal?: string | null;
  tool_calls?: ChatToolCall[];
  function_call?: FunctionCall | null;
  /** Not OpenAI's: thoughts as DeepSeek, vLLM, SGLang and llama.cpp name them. */
  reasoning_content?: string | null;
}

/** One `data:` frame of a streamed chat completion. */
export interface ChatCompletionChunk {
  id: string;
  object: 'chat.completion.chunk';
  /** Unix seconds. */
  created: number;
  model: string;
  choices: ChatChunkChoice[];
  /** `null` until the last chunk, and only with `stream_options.include_usage`. */
  usage?: CompletionUsage | null;
  system_fingerprint?: string | null;
  service_tier?: string | null;
}

export interface ChatChunkChoice {
  index: number;
  delta: ChatDelta;
  finish_reason: FinishReason | null;
  logprobs?: ChatLogprobs | null;
}

export interface ChatDelta {
  role?: 'assistant' | null;
  content?: string | null;
  refusal?: string | null;
  tool_calls?: ChatToolCallDelta[] | null;
  function_call?: { name?: string | null; arguments?: string | null } | null;
  /** Not OpenAI's: see `ChatAnswer.reasoning_content`. */
  reasoning_content?: string | null;
}

export interface ChatLogprobs {
  content: TokenLogprob[] | null;
  refusal?: TokenLogprob[] | null;
}

export interface TokenLogprob {
  token: string;
  logprob: number;
  /** UTF-8 bytes of the token. */
  bytes: number[] | null;
  top_logprobs: Omit<TokenLogprob, 'top_logprobs'>[];
}
