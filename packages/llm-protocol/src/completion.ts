import type { StreamOptions } from './chat-completion.ts';
import type { CompletionUsage } from './completion-usage.ts';

/** One text, several texts, one list of token ids, or several. */
export type TextOrTokens = string | string[] | number[] | number[][];

/** Body of `POST /v1/completions`. `null` means "not given". Unknown fields are kept. */
export interface CompletionRequest {
  model: string;
  prompt: TextOrTokens;
  stream?: boolean | null;
  stream_options?: StreamOptions | null;
  max_tokens?: number | null;
  temperature?: number | null;
  top_p?: number | null;
  n?: number | null;
  best_of?: number | null;
  echo?: boolean | null;
  /** Alternatives a token, 0 to 5. */
  logprobs?: number | null;
  stop?: string | string[] | null;
  suffix?: string | null;
  presence_penalty?: number | null;
  frequency_penalty?: number | null;
  logit_bias?: Record<string, number> | null;
  seed?: number | null;
  user?: string | null;
}

/** Answer of `POST /v1/completions`, and each `data:` frame of a streamed one. */
export interface Completion {
  id: string;
  object: 'text_completion';
  /** Unix seconds. */
  created: number;
  model: string;
  choices: CompletionChoice[];
  usage?: CompletionUsage | null;
  system_fingerprint?: string | null;
}

export interface CompletionChoice {
  index: number;
  text: string;
  finish_reason: 'stop' | 'length' | 'content_filter' | null;
  logprobs?: CompletionLogprobs | null;
}

export interface CompletionLogprobs {
  tokens: string[];
  token_logprobs: (number | null)[];
  top_logprobs: (Record<string, number> | null)[] | null;
  /** Offsets in characters from the text's start. */
  text_offset: number[];
}
