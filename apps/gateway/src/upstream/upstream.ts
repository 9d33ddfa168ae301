import type { ChatCompletion, ChatCompletionChunk, Completion, EmbeddingResponse } from '@llmops/llm-protocol';
import type { Call } from '../call/call.ts';

/** A piece of a stream on its way out. */
export interface StreamFrame {
  /** What the client gets, byte for byte. */
  raw: Buffer | string;
  /** What it says; undefined for comments and the end mark. */
  chunk: ChatCompletionChunk | Completion | undefined;
  done: boolean;
}

/** An answer that was not streamed. */
export interface WholeAnswer<T> {
  body: Buffer | string;
  answer: T;
}

/** Where a call goes: an engine of inference over gRPC, or an OpenAI-compatible server over HTTP. */
export interface Upstream {
  /** `request` is a checked OpenAI body of the call's operation. */
  whole(call: Call, request: object): Promise<WholeAnswer<ChatCompletion | Completion | EmbeddingResponse>>;
  stream(call: Call, request: object): AsyncIterable<StreamFrame>;
}
