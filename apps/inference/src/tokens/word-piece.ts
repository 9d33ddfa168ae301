import type { PieceModel } from './pieces.ts';

export interface WordPieceDefinition {
  readonly type: 'WordPiece';
  readonly vocab: Readonly<Record<string, number>>;
  readonly unk_token: string;
  readonly continuing_subword_prefix?: string;
  readonly max_input_chars_per_word?: number;
}

/** BERT's tokens: always the longest that fits; a word with a rest that nothing fits is one unknown token. */
export function wordPieceModel(definition: WordPieceDefinition): PieceModel {
  const vocab = new Map(Object.entries(definition.vocab));
  const unknown = vocab.get(definition.unk_token) ?? 0;
  const { continuing_subword_prefix: prefix = '##', max_input_chars_per_word: most = 100 } = definition;
  const longest = [...vocab.keys()].reduce((max, token) => Math.max(max, token.length), 0);

  return (word) => {
    const whole = { ids: [unknown], ends: [word.length] };
    if (word.length > most && [...word].length > most) return whole;
    const ids: number[] = [];
    const ends: number[] = [];
    let start = 0;
    while (start < word.length) {
      const before = start > 0 ? prefix : '';
      let end = Math.min(word.length, start + longest);
      let id: number | undefined;
      for (; end > start; end--) {
        id = vocab.get(before + word.slice(start, end));
        if (id !== undefined) break;
      }
      if (id === undefined) return whole;
      ids.push(id);
      ends.push(end);
      start = end;
    }
    return { ids, ends };
  };
}
