import { Tokenizer } from '@huggingface/tokenizers';

/** Longer texts are cut before they are tokenized: what lies beyond cannot reach the model. */
const MAX_CHARS_PER_TOKEN = 64;

/** A token of a caller that the model does not have. */
export class TokenUnknownError extends Error {}

/** Tokens of texts for an encoder, cut to what it takes with its closing token kept. */
export class EmbeddingTokenizer {
  private readonly tokenizer: Tokenizer;
  private readonly first: number | undefined;
  private readonly last: number | undefined;
  private readonly size: number;

  constructor(
    definition: unknown,
    readonly maxTokens: number,
  ) {
    this.tokenizer = new Tokenizer(definition as never, {} as never);
    const around = this.tokenizer.encode('').ids;
    this.first = around[0];
    this.last = around.at(-1);
    this.size = vocabularySize(definition as Definition);
  }

  /** @throws TokenUnknownError */
  encode(input: string | readonly number[]): number[] {
    const ids = typeof input === 'string' ? this.text(input) : this.framed(input);
    if (ids.length <= this.maxTokens) return ids;
    return this.last === undefined ? ids.slice(0, this.maxTokens) : [...ids.slice(0, this.maxTokens - 1), this.last];
  }

  private text(text: string): number[] {
    return [...this.tokenizer.encode(text.slice(0, this.maxTokens * MAX_CHARS_PER_TOKEN)).ids];
  }

  /** Given tokens, with the model's own at both ends unless they are there. */
  private framed(ids: readonly number[]): number[] {
    const unknown = ids.find((id) => id >= this.size);
    if (unknown !== undefined) {
      throw new TokenUnknownError(`The model has no token ${unknown}; its tokens are 0 to ${this.size - 1}.`);
    }
    if (this.first === undefined || this.last === undefined || ids[0] === this.first) return [...ids];
    return [this.first, ...ids, this.last];
  }
}

interface Definition {
  readonly model?: { readonly vocab?: Readonly<Record<string, number>> | readonly unknown[] };
  readonly added_tokens?: readonly { readonly id: number }[];
}

function vocabularySize({ model, added_tokens: added = [] }: Definition): number {
  const vocab = model?.vocab ?? [];
  const last = Array.isArray(vocab) ? [vocab.length - 1] : Object.values(vocab as Record<string, number>);
  return [...added.map(({ id }) => id), ...last].reduce((most, id) => Math.max(most, id), -1) + 1;
}
