import type { Tokenizer } from '@huggingface/tokenizers';
import { alignText } from './aligned-text.ts';
import { BoundedCache } from './bounded-cache.ts';
import type { PieceModel, Pieces } from './pieces.ts';
import { type TokenizerDefinition, TokenizerUnsupportedError } from './tokenizer-definition.ts';
import { type UnigramDefinition, unigramModel } from './unigram.ts';
import { type WordPieceDefinition, wordPieceModel } from './word-piece.ts';

const CACHED_WORDS = 20_000;
const CACHED_CLUSTERS = 4_000;
const LONGEST_CACHED = 32;
/** A run without blanks is read in windows: the time that the cache cannot save stays in proportion. */
const WINDOW = 2_048;
const META = '▁';

interface Run extends Pieces {
  /** Where it begins in the text; `ends` count from here. */
  readonly start: number;
}

/**
 * Tokens of texts with their places. Text is read run by run between blanks: neither BERT's nor SentencePiece's tokens
 * reach over one, and most words are seen again and again. Texts of control tokens (`[SEP]`, `</s>`) stay text.
 */
export class TextTokenizer {
  private readonly runs = new BoundedCache<Pieces>(CACHED_WORDS);
  private readonly clusters = new BoundedCache<string>(CACHED_CLUSTERS);
  private readonly words: (normalised: string) => Iterable<{ start: number; pieces: Pieces }>;

  /** `parts` is used for its normaliser and its way to find words. @throws TokenizerUnsupportedError */
  constructor(
    definition: TokenizerDefinition,
    private readonly parts: Tokenizer,
  ) {
    const { model } = definition;
    const special = new Set(definition.added_tokens?.map(({ id }) => id));
    if (model.type === 'WordPiece') this.words = this.bertWords(wordPieceModel(model as WordPieceDefinition));
    else if (model.type === 'Unigram') {
      const { type, pretokenizers = [] } = definition.pre_tokenizer ?? {};
      const types = type === 'Sequence' ? pretokenizers.map((each) => each.type) : [type];
      if (!types.includes('Metaspace')) throw new TokenizerUnsupportedError(`Unigram with ${types.join(', ')}`);
      this.words = metaspaceWords(unigramModel(model as UnigramDefinition, special));
    } else throw new TokenizerUnsupportedError(model.type ?? 'no type');
  }

  /** The tokens of a text, run by run, so that the caller can stop or pause. */
  *read(text: string): Generator<Run> {
    for (const { 0: run, index } of text.matchAll(/\S+/g)) {
      for (let at = 0; at < run.length; ) {
        const window = run.length - at > WINDOW ? run.slice(at, edge(run, at + WINDOW)) : run.slice(at);
        const pieces =
          window.length <= LONGEST_CACHED ? this.runs.get(window, () => this.tokens(window)) : this.tokens(window);
        yield { start: index + at, ids: pieces.ids, ends: pieces.ends };
        at += window.length;
      }
    }
  }

  private tokens(run: string): Pieces {
    const aligned = alignText(run, this.normalise);
    const ids: number[] = [];
    const ends: number[] = [];
    for (const { start, pieces } of this.words(aligned.text)) {
      ids.push(...pieces.ids);
      for (const end of pieces.ends) {
        // A piece that is only the mark of a blank has no text: it ends where the run begins.
        const at = start + end;
        ends.push(at <= 0 ? 0 : (aligned.ends?.[at - 1] ?? at));
      }
    }
    return { ids, ends };
  }

  private readonly normalise = (text: string): string => {
    const { normalizer } = this.parts;
    if (!normalizer) return text;
    // A single cluster: few kinds, seen over and over.
    if (text.length <= 4) return this.clusters.get(text, () => normalizer.normalize(text));
    return normalizer.normalize(text);
  };

  private bertWords(model: PieceModel) {
    const { pre_tokenizer: splitter } = this.parts;
    return function* (text: string) {
      let from = 0;
      for (const word of splitter ? splitter.pre_tokenize(text) : text.split(' ')) {
        const start = text.indexOf(word, from);
        yield { start, pieces: model(word) };
        from = start + word.length;
      }
    };
  }
}

/** Normalising may put blanks into a run; each part begins with the mark of the blank before it. */
const metaspaceWords = (model: PieceModel) =>
  function* (text: string) {
    for (const { 0: word, index } of text.matchAll(/[^\s▁]+/g)) {
      yield { start: index - META.length, pieces: model(META + word) };
    }
  };

/** Not inside a surrogate pair. */
const edge = (text: string, at: number): number => {
  const code = text.charCodeAt(at);
  return code >= 0xdc00 && code < 0xe000 ? at + 1 : at;
};
