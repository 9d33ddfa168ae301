import type { LexicalDocument } from '../src/lexical/index.ts';

/** Numbers from 0 to below 1 that are the same for the same seed. */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

export const below = (random: () => number, limit: number): number => Math.floor(random() * limit);

/** A word whose number is small much more often than large, as words are. */
export const randomWord = (random: () => number, vocabulary: number): string =>
  `w${Math.floor(vocabulary ** random()) - 1}`;

export const randomText = (random: () => number, vocabulary: number, longest: number): string =>
  Array.from({ length: below(random, longest + 1) }, () => randomWord(random, vocabulary)).join(' ');

/** Documents with gaps between their ordinals, some far up; not in the order of ordinals. */
export function randomDocuments(
  random: () => number,
  { count, vocabulary, longest }: { count: number; vocabulary: number; longest: number },
): LexicalDocument[] {
  let ordinal = random() < 0.3 ? 2 ** 39 : 0;
  const documents = Array.from({ length: count }, (): LexicalDocument => {
    ordinal += 1 + below(random, 4);
    return {
      ordinal,
      language: 'en',
      fields: {
        title: random() < 0.5 ? randomText(random, vocabulary, 4) : undefined,
        headings: random() < 0.3 ? [randomText(random, vocabulary, 3), randomText(random, vocabulary, 3)] : undefined,
        text: randomText(random, vocabulary, longest),
      },
    };
  });
  return documents.sort(() => random() - 0.5);
}
