import type { TextOrTokens } from './completion.ts';

/** Body of `POST /v1/embeddings`. Unknown fields are kept. */
export interface EmbeddingRequest {
  model: string;
  /** At most 2048 texts or token lists, none empty. */
  input: TextOrTokens;
  /** `base64` is little-endian float32; what the official clients ask for. */
  encoding_format?: 'float' | 'base64' | null;
  dimensions?: number | null;
  user?: string | null;
}

export interface EmbeddingResponse {
  object: 'list';
  data: Embedding[];
  model: string;
  usage: { prompt_tokens: number; total_tokens: number };
}

export interface Embedding {
  object: 'embedding';
  index: number;
  embedding: number[] | string;
}
