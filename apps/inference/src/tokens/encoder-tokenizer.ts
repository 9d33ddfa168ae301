import { Tokenizer } from '@huggingface/tokenizers';
import { type Frame, type FrameParts, frameOf } from './frame.ts';
import { TextTokenizer } from './text-tokenizer.ts';
import type { TokenizerDefinition } from './tokenizer-definition.ts';

/** After so many characters of one text a reader makes a pause. */
const PAUSE_CHARS = 16_384;

/** The library insists on these. */
const NOTHING = { normalizer: null, pre_tokenizer: null, post_processor: null, decoder: null };
const EMPTY_MODEL = { type: 'WordPiece', vocab: {}, unk_token: '' };

/** A token of a caller that the model does not have. */
export class TokenUnknownError extends Error {}

/** Tokens of an encoder's inputs, with its special tokens, cut to what it takes with the closing ones kept. */
export class EncoderTokenizer {
  readonly padId: number;
  private readonly texts: TextTokenizer;
  private readonly single: Frame;
  private readonly pair: Frame;
  private readonly size: number;

  /** @throws TokenizerUnsupportedError */
  constructor(
    definition: TokenizerDefinition,
    readonly maxTokens: number,
  ) {
    const { added_tokens: added = [] } = definition;
    // The library's own models take far more memory than ours, so it gets an empty one.
    const parts = new Tokenizer({ ...NOTHING, ...definition, model: EMPTY_MODEL }, {});
    const special = new Map(added.map(({ content, id }) => [content, id]));
    this.texts = new TextTokenizer(definition, parts);
    this.single = frameOf(parts, special, 'single');
    this.pair = frameOf(parts, special, 'pair');
    this.padId = special.get('[PAD]') ?? special.get('<pad>') ?? 0;
    this.size = vocabularySize(definition);
  }

  /** How many tokens are the model's own, around one text. */
  get specialTokens(): number {
    return this.single.length;
  }

  /** The ids of a text as the model takes it. */
  encode(text: string): number[] {
    const room = this.maxTokens - this.single.length;
    return this.single.around(this.ids(text, room)).ids;
  }

  /** Given tokens, with the model's own around them unless they are there. @throws TokenUnknownError */
  frame(ids: readonly number[]): number[] {
    const unknown = ids.find((id) => id < 0 || id >= this.size);
    if (unknown !== undefined) {
      throw new TokenUnknownError(`The model has no token ${unknown}; its tokens are 0 to ${this.size - 1}.`);
    }
    if (ids[0] !== this.single.first) return this.single.around(ids.slice(0, this.maxTokens - this.single.length)).ids;
    return ids.length <= this.maxTokens ? [...ids] : [...ids.slice(0, this.maxTokens - 1), ids.at(-1)!];
  }

  /** What pairs of this query and a document begin with; the query leaves at least half of the room to documents. */
  pairs(query: string): (document: string) => FrameParts {
    const room = this.maxTokens - this.pair.length;
    const first = this.ids(query, Math.floor(room / 2));
    return (document) => this.pair.around(first, this.ids(document, room - first.length));
  }

  /** Where the tokens of a text end, without special ones and without a limit. Yields so that others have their turn. */
  *ends(text: string, into: number[]): Generator<void> {
    let pauseAt = PAUSE_CHARS;
    for (const { start, ends } of this.texts.read(text)) {
      for (const end of ends) into.push(start + end);
      if (start < pauseAt) continue;
      pauseAt = start + PAUSE_CHARS;
      yield;
    }
  }

  private ids(text: string, most: number): number[] {
    const ids: number[] = [];
    for (const run of this.texts.read(text)) {
      ids.push(...run.ids);
      if (ids.length >= most) break;
    }
    ids.length = Math.min(ids.length, most);
    return ids;
  }
}

function vocabularySize({ model, added_tokens: added = [] }: TokenizerDefinition): number {
  const { vocab = [] } = model as { vocab?: Readonly<Record<string, number>> | readonly unknown[] };
  const last = Array.isArray(vocab) ? [vocab.length - 1] : Object.values(vocab as Record<string, number>);
  return [...added.map(({ id }) => id), ...last].reduce((most, id) => Math.max(most, id), -1) + 1;
}
