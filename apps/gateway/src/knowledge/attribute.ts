/** A part of an answer and the passage it rests on. */
export interface Attribution {
  /** UTF-16 code units of the answer. */
  start: number;
  end: number;
  /** The passage's number. */
  number: number;
  /** The model named no passage: its words are those of this one. */
  inferred: boolean;
}

export interface Passage {
  number: number;
  text: string;
}

/** This share of a sentence's words must be in a passage for it to count as its source. */
const minShare = 0.6;
const minWords = 3;
/** Sentences compared with the passages: each costs some 50 µs, in which the edge does nothing else. */
const maxCompared = 2_000;

const sentences = new Intl.Segmenter(undefined, { granularity: 'sentence' });
const words = new Intl.Segmenter(undefined, { granularity: 'word' });
const marker = /\[(\d{1,2}(?:\s*,\s*\d{1,2})*)\]/g;

/**
 * Which passages an answer's sentences rest on: those it names as `[n]`, and for a sentence that names none the passage
 * that holds most of its words; of a very long answer only its beginning is compared so. Numbers that were not given are
 * ignored. In the order of the text.
 */
export function attribute(answer: string, passages: readonly Passage[]): Attribution[] {
  const known = new Map(passages.map(({ number, text }) => [number, new Set(wordsOf(text))]));
  const found: Attribution[] = [];
  let compared = 0;
  for (const { segment, index } of sentences.segment(answer)) {
    const end = index + segment.trimEnd().length;
    const named = numbersIn(segment).filter((number) => known.has(number));
    const isCompared = named.length === 0 && ++compared <= maxCompared;
    const source = isCompared ? closest(wordsOf(segment.replace(marker, ' ')), known) : undefined;
    const numbers = source === undefined ? named : [source];
    const inferred = source !== undefined;
    for (const number of new Set(numbers)) found.push({ start: index, end, number, inferred });
  }
  return found;
}

const numbersIn = (text: string): number[] =>
  [...text.matchAll(marker)].flatMap((match) => match[1]!.split(',').map((number) => Number(number.trim())));

/** Words that say something: short ones of alphabets (the, of, und) are in every passage. */
function wordsOf(text: string): string[] {
  const found: string[] = [];
  for (const { segment, isWordLike } of words.segment(text.toLowerCase())) {
    if (isWordLike && (segment.length > 3 || !/\p{sc=Latin}/u.test(segment))) found.push(segment);
  }
  return found;
}

function closest(sentence: string[], passages: ReadonlyMap<number, ReadonlySet<string>>): number | undefined {
  const unique = [...new Set(sentence)];
  if (unique.length < minWords) return undefined;
  let best: number | undefined;
  let bestShare = minShare;
  for (const [number, terms] of passages) {
    const share = unique.filter((word) => terms.has(word)).length / unique.length;
    // The first of equals: passages come best first.
    if (share > bestShare || (share === bestShare && best === undefined)) [best, bestShare] = [number, share];
  }
  return best;
}
