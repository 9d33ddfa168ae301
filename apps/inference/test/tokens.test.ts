import { readFileSync } from 'node:fs';
import { Tokenizer } from '@huggingface/tokenizers';
import { describe, expect, test } from 'vitest';
import { tokenEnds } from '../src/llama/token-ends.ts';
import { EncoderTokenizer } from '../src/tokens/encoder-tokenizer.ts';
import { TokenizerUnsupportedError } from '../src/tokens/tokenizer-definition.ts';

const wordPiece = JSON.parse(
  readFileSync(new URL('../fixtures/overlap-cross-encoder/tokenizer.json', import.meta.url), 'utf8'),
);
const ids: Record<string, number> = wordPiece.model.vocab;

/** SentencePiece as XLM-RoBERTa has it, with few pieces. */
const unigram = {
  added_tokens: ['<s>', '<pad>', '</s>', '<unk>'].map((content, id) => ({ id, content, special: true })),
  normalizer: { type: 'NFKC' },
  pre_tokenizer: { type: 'Metaspace', replacement: '▁', prepend_scheme: 'always' },
  post_processor: { type: 'RobertaProcessing', cls: ['<s>', 0], sep: ['</s>', 2] },
  model: {
    type: 'Unigram',
    unk_id: 3,
    vocab: [
      ['<s>', 0],
      ['<pad>', 0],
      ['</s>', 0],
      ['<unk>', 0],
      ['▁', -3],
      ['▁the', -2],
      ['▁there', -4],
      ['▁th', -5],
      ['ere', -5],
      ['re', -3],
      ['东京', -4],
      ['京', -5],
      [',', -3],
      ['ffi', -4],
      ['🙂', -4],
      ['한', -4],
    ],
  },
};

function tokens(definition: unknown, text: string) {
  const tokenizer = new EncoderTokenizer(definition as never, 64);
  const ends: number[] = [];
  for (const _ of tokenizer.ends(text, ends));
  const pieces = ends.map((end, i) => text.slice(ends[i - 1] ?? 0, end));
  return { pieces, ids: tokenizer.encode(text).slice(1, -1) };
}

describe('places of tokens', () => {
  test('WordPiece: each token ends where its letters do, whatever lower case and accents make of them', () => {
    const { pieces, ids: found } = tokens(wordPiece, '  The CÁTS  sat,\non a mat ');
    expect(pieces).toEqual(['  The', ' CÁT', 'S', '  sat', ',', '\non', ' a', ' mat']);
    expect(found).toEqual(['the', 'cat', '##s', 'sat', '[UNK]', 'on', 'a', 'mat'].map((token) => ids[token]));
  });

  test('WordPiece: an unknown word is one token, Chinese characters are words, and nothing goes back', () => {
    expect(tokens(wordPiece, 'zebra the東cat').pieces).toEqual(['zebra', ' the', '東', 'cat']);
  });

  test('Unigram: the most likely pieces win, and unknown characters in a row are one token', () => {
    expect(tokens(unigram, 'there the').ids).toEqual([6, 5]);
    expect(tokens(unigram, 'thexyz the').pieces).toEqual(['the', 'xyz', ' the']);
    expect(tokens(unigram, 'thexyz the').ids).toEqual([5, 3, 5]);
  });

  test('Unigram: characters that normalising changes keep their places', () => {
    // U+FB03 is one character for three letters; U+FF0C is a wide comma.
    expect(tokens(unigram, 'theﬃ東京，东京🙂').pieces.join('|')).toBe('the|ﬃ|東|京|，|东京|🙂');
    // Three jamo make one syllable, across what is normalised at a time.
    const { pieces } = tokens(unigram, '\u1112\u1161\u11ab');
    expect(pieces.join('')).toBe('\u1112\u1161\u11ab');
  });

  test('no place is inside a surrogate pair', () => {
    const { pieces } = tokens(unigram, '𝒳🙂🙂x');
    expect(pieces.every((piece) => !/^[\udc00-\udfff]|[\ud800-\udbff]$/.test(piece))).toBe(true);
  });

  test('what looks like a special token stays text', () => {
    expect(tokens(wordPiece, 'the [SEP]').ids).not.toContain(ids['[SEP]']);
    expect(tokens(unigram, 'the</s>').ids).not.toContain(2);
  });

  test('the tokens are those of Hugging Face’s own library', () => {
    const library = new Tokenizer(wordPiece, {});
    const own = new EncoderTokenizer(wordPiece, 512);
    for (const text of [
      '',
      'the cats sat',
      'Thé çat—on the MAT!',
      'rates\trose\u00a0of​the bank',
      '猫 on the 猫',
      'a'.repeat(120),
    ]) {
      expect(own.encode(text)).toEqual(library.encode(text).ids);
    }
  });

  test('bytes of a chat model’s tokens: one that ends inside a character ends before it', () => {
    const bytes = [...Buffer.from('a🙂b')];
    const cut = [bytes.slice(0, 1), bytes.slice(1, 3), bytes.slice(3, 5), bytes.slice(5)].map((part) =>
      Uint8Array.from(part),
    );
    expect([...tokenEnds('a🙂b', cut)]).toEqual([1, 1, 3, 4]);
  });
});

describe('what a model takes', () => {
  test('a long text loses its end and keeps the closing token', () => {
    const tokenizer = new EncoderTokenizer(wordPiece, 5);
    expect(tokenizer.encode('the cat sat on the mat')).toEqual([2, ids['the'], ids['cat'], ids['sat'], 3]);
    expect(tokenizer.frame([4, 5, 6, 7, 8])).toEqual([2, 4, 5, 6, 3]);
    expect(() => tokenizer.frame([99])).toThrow('no token 99');
  });

  test('of a pair the document is cut, and the query only where it would leave less than half', () => {
    const tokenizer = new EncoderTokenizer(wordPiece, 11);
    const [the, cat, sat, on] = ['the', 'cat', 'sat', 'on'].map((word) => ids[word]!) as [
      number,
      number,
      number,
      number,
    ];
    expect(tokenizer.pairs('the cat')('sat on sat on sat on sat on')).toEqual({
      ids: [2, the, cat, 3, sat, on, sat, on, sat, on, 3],
      types: [0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1],
    });
    const long = tokenizer.pairs('the cat the cat the cat the cat the cat')('sat on sat on sat');
    expect(long.ids).toEqual([2, the, cat, the, cat, 3, sat, on, sat, on, 3]);
  });

  test('RoBERTa’s pairs have two closing tokens between the texts', () => {
    const tokenizer = new EncoderTokenizer(unigram as never, 64);
    expect(tokenizer.pairs('the')('there').ids).toEqual([0, 5, 2, 2, 6, 2]);
    expect(tokenizer.padId).toBe(1);
  });

  test('a tokenizer of another kind is refused by name', () => {
    const bpe = { ...unigram, model: { type: 'BPE', vocab: {}, merges: [] } };
    expect(() => new EncoderTokenizer(bpe as never, 64)).toThrow(TokenizerUnsupportedError);
  });
});
