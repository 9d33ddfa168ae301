import type { MessageInitShape } from '@bufbuild/protobuf';
import type {
  ChatChunkSchema,
  ChatRequest,
  CompleteRequest,
  CountTokensRequest,
  EmbedderSchema,
  EmbedRequest,
  EmbedResponseSchema,
  RerankRequest,
  RerankResponseSchema,
  TokenizeRequest,
  TokenizeResponseSchema,
} from '@llmops/contracts/inference/v1/inference';

export type ChatChunkInit = MessageInitShape<typeof ChatChunkSchema>;
export type EmbedResponseInit = MessageInitShape<typeof EmbedResponseSchema>;

export type EmbedderInit = MessageInitShape<typeof EmbedderSchema>;
export type RerankResponseInit = MessageInitShape<typeof RerankResponseSchema>;
export type TokenizeResponseInit = MessageInitShape<typeof TokenizeResponseSchema>;

export interface CallOptions {
  /** Whose turn it is in the queue: the project. */
  readonly group: string;
  readonly signal?: AbortSignal | undefined;
  /** Unix milliseconds. */
  readonly deadline?: number | undefined;
  /** Somebody waits for it: before work in bulk. */
  readonly urgent?: boolean | undefined;
}

export interface EngineDescription {
  readonly id: string;
  readonly model: string;
  readonly engine: string;
  readonly state: 'loading' | 'ready' | 'stalled' | 'crashed';
  readonly device: string;
  readonly slots: number;
  readonly busySlots: number;
  readonly queued: number;
  readonly memoryBytes: number;
  readonly restarts: number;
  /** Unix milliseconds; 0 before the first token. */
  readonly lastTokenAt: number;
  readonly generatedTokens: number;
  readonly error: string;
  readonly modelDigest: string;
  /** Requests refused because the queue was full, and those whose deadline passed in it. */
  readonly rejected: number;
  readonly expired: number;
}

/** One model that can be called. Streams end with a chunk that carries `finish`; errors are AppErrors. */
export interface Engine {
  chat(request: ChatRequest, options: CallOptions): AsyncIterable<ChatChunkInit>;
  complete(request: CompleteRequest, options: CallOptions): AsyncIterable<ChatChunkInit>;
  embed(request: EmbedRequest, options: CallOptions): Promise<EmbedResponseInit>;
  countTokens(request: CountTokensRequest, options: CallOptions): Promise<number>;
  tokenize(request: TokenizeRequest, options: CallOptions): Promise<TokenizeResponseInit>;
  embedder(options: CallOptions): Promise<EmbedderInit>;
  rerank(request: RerankRequest, options: CallOptions): Promise<RerankResponseInit>;
  describe(): EngineDescription;
  close(): Promise<void>;
}
