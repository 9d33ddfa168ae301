import type { ChatCompletion, ChatCompletionChunk, Completion, EmbeddingResponse } from '@llmops/llm-protocol';
import type { Call } from '../call/call.ts';

/** A piece of a stream on its way out. */
export interface StreamFrame {
  /** What the client gets, byte for byte; nothing when it is empty. */
  raw: Buffer | string;
  /** A chunk, or the JSON of one; undefined for comments and the end mark. */
  says: ChatCompletionChunk | Completion | string | undefined;
  done: boolean;
}

/** Passes a frame on; the promise, if there is one, is to be awaited before the next: the client reads slowly. */
export type SendFrame = (frame: StreamFrame) => Promise<void> | undefined;

/** An answer that was not streamed. */
export interface WholeAnswer<T> {
  body: Buffer | string;
  answer: T;
}

/** Where a call goes: an engine of inference over gRPC, or an OpenAI-compatible server over HTTP. */
export interface Upstream {
  /** `request` is a checked OpenAI body of the call's operation. */
  whole(call: Call, request: object): Promise<WholeAnswer<ChatCompletion | Completion | EmbeddingResponse>>;
  /** Resolves after the end mark was sent, or when the upstream ended without one. */
  stream(call: Call, request: object, send: SendFrame): Promise<void>;
}
