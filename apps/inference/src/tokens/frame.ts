import type { Tokenizer } from '@huggingface/tokenizers';

export interface FrameParts {
  readonly ids: number[];
  /** 1 for the second text of a pair, as BERT was trained; empty when all are 0. */
  readonly types: number[];
}

/** The model's own tokens around one text, or around and between two. */
export interface Frame {
  readonly length: number;
  readonly first: number | undefined;
  around(a: readonly number[], b?: readonly number[]): FrameParts;
}

interface Processed {
  readonly tokens: readonly string[];
  readonly token_type_ids?: readonly number[];
}

const A = 'first text';
const B = 'second text';

/** Asks the tokenizer's post-processor what it puts where, by texts of one token. */
export function frameOf(parts: Tokenizer, special: ReadonlyMap<string, number>, kind: 'single' | 'pair'): Frame {
  const second = kind === 'pair' ? [B] : null;
  const asked: Processed | undefined = parts.post_processor?.post_process([A], second, true);
  const tokens = asked?.tokens ?? [A, ...(second ?? [])];
  const types = asked?.token_type_ids ?? [];
  const own = tokens.map((token) => (token === A || token === B ? token : idOf(special, token)));
  const typed = types.some((type) => type !== 0);
  return {
    length: own.filter((each) => typeof each === 'number').length,
    first: typeof own[0] === 'number' ? own[0] : undefined,
    around(a, b = []) {
      const ids = own.flatMap((each) => (each === A ? [...a] : each === B ? [...b] : [each]));
      if (!typed) return { ids, types: [] };
      const sizes = own.map((each) => (each === A ? a.length : each === B ? b.length : 1));
      return { ids, types: sizes.flatMap((size, i) => new Array<number>(size).fill(types[i]!)) };
    },
  };
}

function idOf(special: ReadonlyMap<string, number>, token: string): number {
  const id = special.get(token);
  if (id === undefined) throw new Error(`The tokenizer frames texts with ${token}, which it does not have.`);
  return id;
}
