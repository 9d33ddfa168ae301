import type { PieceModel, Pieces } from './pieces.ts';
import { PrefixIndex } from './prefix-index.ts';

export interface UnigramDefinition {
  readonly type: 'Unigram';
  /** Piece and log-probability; the position is the id. */
  readonly vocab: readonly (readonly [string, number])[];
  readonly unk_id: number;
}

/** What an unknown character costs more than the least likely piece, as in SentencePiece. */
const UNKNOWN_PENALTY = 10;

/**
 * SentencePiece's unigram tokens: the most likely way to cut the word (Viterbi). Unknown characters in a row are one token;
 * `special` tokens are never found in text.
 */
export function unigramModel({ vocab, unk_id: unknown }: UnigramDefinition, special: ReadonlySet<number>): PieceModel {
  const idOf = new Map<string, number>();
  let least = 0;
  for (const [id, [piece, score]] of vocab.entries()) {
    if (!special.has(id)) idOf.set(piece, id);
    least = Math.min(least, score);
  }
  const pieces = new PrefixIndex(idOf);
  const scores = Float64Array.from(vocab, ([, score]) => score);
  const unknownScore = least - UNKNOWN_PENALTY;

  return (word) => {
    const { length } = word;
    const best = new Float64Array(length + 1).fill(Number.NEGATIVE_INFINITY);
    const from = new Int32Array(length + 1);
    const by = new Int32Array(length + 1);
    best[0] = 0;
    const offer = (start: number, end: number, id: number, score: number) => {
      if (best[start]! + score <= best[end]!) return;
      best[end] = best[start]! + score;
      from[end] = start;
      by[end] = id;
    };
    for (let start = 0; start < length; start++) {
      if (best[start] === Number.NEGATIVE_INFINITY) continue;
      pieces.at(word, start, (id, end) => offer(start, end, id, scores[id]!));
      offer(start, start + (isPair(word, start) ? 2 : 1), unknown, unknownScore);
    }
    return readBack(from, by, length, unknown);
  };
}

function readBack(from: Int32Array, by: Int32Array, length: number, unknown: number): Pieces {
  const ids: number[] = [];
  const ends: number[] = [];
  for (let end = length; end > 0; end = from[end]!) {
    const id = by[end]!;
    if (id === unknown && ids.at(-1) === unknown) continue;
    ids.push(id);
    ends.push(end);
  }
  return { ids: ids.reverse(), ends: ends.reverse() };
}

const isPair = (text: string, at: number): boolean => {
  const code = text.charCodeAt(at);
  return code >= 0xd800 && code < 0xdc00 && at + 1 < text.length;
};
