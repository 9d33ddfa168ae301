export { ChatAccumulator } from './chat-accumulator.ts';
export type {
  ChatAnswer,
  ChatChoice,
  ChatChunkChoice,
  ChatCompletion,
  ChatCompletionChunk,
  ChatCompletionRequest,
  ChatDelta,
  ChatLogprobs,
  FinishReason,
  JsonSchemaFormat,
  ResponseFormat,
  StreamOptions,
  TokenLogprob,
} from './chat-completion.ts';
export type {
  AssistantMessage,
  AudioPart,
  ChatMessage,
  ContentPart,
  FilePart,
  ImagePart,
  RefusalPart,
  SystemMessage,
  TextPart,
  ToolMessage,
  UserMessage,
} from './chat-message.ts';
export { textOfContent } from './chat-message.ts';
export type {
  ChatTool,
  ChatToolCall,
  ChatToolCallDelta,
  ChatToolChoice,
  CustomTool,
  FunctionCall,
  FunctionTool,
} from './chat-tool.ts';
export type {
  Completion,
  CompletionChoice,
  CompletionLogprobs,
  CompletionRequest,
  TextOrTokens,
} from './completion.ts';
export type { CompletionUsage } from './completion-usage.ts';
export type { Embedding, EmbeddingRequest, EmbeddingResponse } from './embedding.ts';
export type { OpenAiError, OpenAiErrorBody, OpenAiErrorType } from './error.ts';
export { openAiErrorBody, openAiErrorType, parseErrorBody } from './error-body.ts';
export { InvalidRequestError } from './invalid-request-error.ts';
export type { Model, ModelList } from './model.ts';
export type { Upstream, UpstreamOptions, UpstreamRequestOptions } from './openai-client.ts';
export { createUpstream } from './openai-client.ts';
export { parseChatRequest } from './parse-chat-request.ts';
export { parseCompletionRequest } from './parse-completion-request.ts';
export { parseEmbeddingRequest } from './parse-embedding-request.ts';
export { parseJsonBody } from './parse-json-body.ts';
export { readUsage } from './read-usage.ts';
export { readRetryAfterMs } from './retry-after.ts';
export type { SseFrame } from './sse-decoder.ts';
export { SseDecoder, SseError } from './sse-decoder.ts';
export { encodeSseComment, encodeSseData, encodeSseEvent, SSE_DONE } from './sse-encoder.ts';
export { estimateTokens } from './token-count.ts';
export { ToolCallAccumulator } from './tool-call-accumulator.ts';
export type { UpstreamBody } from './upstream-body.ts';
export type { UpstreamErrorKind } from './upstream-error.ts';
export { UpstreamError } from './upstream-error.ts';
export type { UpstreamResponse } from './upstream-exchange.ts';
export type { TokenUsage } from './usage.ts';
export { NO_USAGE, toCompletionUsage, totalInputTokens, totalOutputTokens } from './usage.ts';
