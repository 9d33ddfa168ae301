import type { ErrorRecord } from '../errors.ts';

/** Messages between this service and the process that holds one model. */

/** As a chat template takes it. */
export interface TemplateMessage {
  readonly role: string;
  readonly content: string;
  readonly name?: string;
  readonly tool_call_id?: string;
  readonly tool_calls?: readonly {
    readonly type: 'function';
    readonly id: string;
    readonly function: { readonly name: string; readonly arguments: unknown };
  }[];
}

export interface TemplateTool {
  readonly type: 'function';
  readonly function: { readonly name: string; readonly description: string; readonly parameters: unknown };
}

export type Prompt =
  | { readonly kind: 'chat'; readonly messages: readonly TemplateMessage[]; readonly tools?: readonly TemplateTool[] }
  | { readonly kind: 'text'; readonly text: string };

export interface Sampling {
  readonly temperature: number;
  readonly topP: number;
  /** 0: all. */
  readonly topK: number;
  readonly minP: number;
  readonly seed: number;
  readonly frequencyPenalty: number;
  readonly presencePenalty: number;
  readonly logitBias: Readonly<Record<number, number>>;
  readonly maxTokens?: number | undefined;
  readonly stop: readonly string[];
  /** Log-probabilities of the token, and of this many alternatives. */
  readonly topLogprobs?: number | undefined;
}

export interface GenerateRequest {
  readonly prompt: Prompt;
  readonly sampling: Sampling;
  /** The whole answer is in this grammar. */
  readonly grammar?: string | undefined;
  /** From the end of `text` on, the answer is in this grammar. */
  readonly grammarAfter?: { readonly text: string; readonly grammar: string } | undefined;
}

/** Which side of a search texts are on; `plain` gets nothing put before it. */
export type EmbedKind = 'query' | 'passage' | 'plain';

export type ReplicaRequest =
  | { readonly type: 'generate'; readonly id: number; readonly request: GenerateRequest }
  | { readonly type: 'count'; readonly id: number; readonly prompt: Prompt }
  | {
      readonly type: 'embed';
      readonly id: number;
      readonly inputs: readonly (string | number[])[];
      readonly kind: EmbedKind;
      /** Before those that are not. */
      readonly urgent: boolean;
    }
  | { readonly type: 'rerank'; readonly id: number; readonly query: string; readonly documents: readonly string[] }
  | { readonly type: 'tokenize'; readonly id: number; readonly texts: readonly string[] }
  | { readonly type: 'abort'; readonly id: number }
  | { readonly type: 'ping' };

export interface Logprob {
  readonly token: string;
  readonly logprob: number;
  readonly bytes: Uint8Array;
}

export interface TokenLogprob extends Logprob {
  readonly top: readonly Logprob[];
}

export interface GenerateEnd {
  readonly reason: 'stop' | 'length';
  readonly inputTokens: number;
  readonly cachedTokens: number;
  readonly outputTokens: number;
  readonly prefillMs: number;
  readonly decodeMs: number;
}

export type ReplicaEvent =
  /** `tokens` were computed since the last event; `text` may lag behind while a stop text is possible. */
  | {
      readonly id: number;
      readonly kind: 'text';
      readonly text: string;
      readonly tokens: number;
      readonly logprobs?: TokenLogprob[];
    }
  | { readonly id: number; readonly kind: 'prefill'; readonly tokens: number }
  | { readonly id: number; readonly kind: 'end'; readonly end: GenerateEnd }
  | { readonly id: number; readonly kind: 'count'; readonly tokens: number }
  | {
      readonly id: number;
      readonly kind: 'vectors';
      readonly vectors: Float32Array[];
      readonly tokens: number;
      readonly computeMs: number;
    }
  | {
      readonly id: number;
      readonly kind: 'scores';
      readonly logits: Float64Array;
      readonly tokens: number;
      readonly computeMs: number;
    }
  /** Where the tokens of each text end. */
  | { readonly id: number; readonly kind: 'ends'; readonly texts: readonly Int32Array[] }
  | { readonly id: number; readonly kind: 'error'; readonly error: ErrorRecord };

/** What a replica tells once its model is loaded. */
export interface ReplicaInfo {
  readonly device: string;
  /** Requests it works on at once. */
  readonly slots: number;
  readonly contextTokens: number;
  readonly memoryBytes: number;
  /** How the chat template has tool calls written; `none` when it has no place for tools. */
  readonly tools: 'tagged' | 'bare' | 'none';
  readonly dimensions?: number;
  /** Tokens an encoder adds to a text of this kind. */
  readonly overheadTokens?: { readonly query: number; readonly passage: number };
}

export type ReplicaMessage =
  | { readonly type: 'ready'; readonly info: ReplicaInfo }
  | { readonly type: 'failed'; readonly error: ErrorRecord }
  | { readonly type: 'events'; readonly events: readonly ReplicaEvent[] }
  | { readonly type: 'pong'; readonly memoryBytes: number };

/** What a replica process is started with, as JSON in its first argument. */
export interface LlamaReplicaOptions {
  readonly modelPath: string;
  readonly slots: number;
  readonly threads: number;
  /** Context of one slot; the model's own limit caps it. */
  readonly contextTokens: number;
  readonly batchTokens: number;
  readonly gpu: boolean;
}

export interface OnnxReplicaOptions {
  readonly task: 'embed' | 'rerank';
  readonly modelPath: string;
  readonly tokenizerPath: string;
  readonly threads: number;
  readonly maxTokens: number;
  /** A batch has at most so many rows, and so many tokens with padding: queries wait for the one under way. */
  readonly batchSize: number;
  readonly batchTokens: number;
  readonly prefixes: { readonly query: string; readonly passage: string };
}
