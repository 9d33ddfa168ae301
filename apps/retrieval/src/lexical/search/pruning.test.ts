import { describe, expect, it } from 'vitest';
import { below, randomDocuments, randomWord, seededRandom } from '../../../test/lexical-documents.ts';
import { analyze } from '../analyze/analyze.ts';
import { buildSegment } from '../segment/build-segment.ts';
import type { LexicalDocument } from '../segment/format.ts';
import { openSegment } from '../segment/segment.ts';
import { LexicalIndex, type LexicalIndexSettings } from './lexical-index.ts';

interface Scored {
  ordinal: number;
  score: number;
}

/** Every document scored by itself, without blocks, bounds or windows. */
function exhaustive(
  index: LexicalIndex,
  documents: readonly LexicalDocument[],
  query: string,
  language: string,
): Scored[] {
  return documents
    .map(({ ordinal }) => ({ ordinal, score: index.explain(ordinal, query, { language })?.score ?? 0 }))
    .filter(({ score }) => score > 0)
    .sort((one, other) => other.score - one.score || one.ordinal - other.ordinal);
}

/** BM25 as the textbook has it, over analyzed text. */
function textbook(documents: readonly LexicalDocument[], query: string): Map<number, number> {
  const words = (text: string) => analyze(text, 'en').flatMap(({ term, kind }) => (kind === 'word' ? [term] : []));
  const bags = documents.map(({ ordinal, fields }) => ({
    ordinal,
    words: [fields.title ?? '', ...(fields.headings ?? []), fields.text].flatMap(words),
  }));
  const average = bags.reduce((sum, bag) => sum + bag.words.length, 0) / bags.length;
  const scores = new Map<number, number>();
  for (const term of words(query)) {
    const having = bags.filter((bag) => bag.words.includes(term)).length;
    const idf = Math.log(1 + (bags.length - having + 0.5) / (having + 0.5));
    for (const bag of bags) {
      const count = bag.words.filter((word) => word === term).length;
      if (count === 0) continue;
      const saturated = (count * 1.9) / (count + 0.9 * (0.6 + (0.4 * bag.words.length) / average));
      scores.set(bag.ordinal, (scores.get(bag.ordinal) ?? 0) + idf * saturated);
    }
  }
  return scores;
}

function indexInParts(
  documents: readonly LexicalDocument[],
  parts: number,
  random: () => number,
  settings: LexicalIndexSettings,
) {
  const split: LexicalDocument[][] = Array.from({ length: parts }, () => []);
  for (const document of documents) split[below(random, parts)]!.push(document);
  const index = new LexicalIndex(settings);
  for (const [part, each] of split.entries()) index.add(String(part), openSegment(buildSegment(each)));
  return index;
}

const randomQuery = (random: () => number, vocabulary: number): string =>
  Array.from({ length: 1 + below(random, 8) }, () => randomWord(random, vocabulary)).join(' ');
const randomSettings = (random: () => number): LexicalIndexSettings => ({
  k1: random() < 0.5 ? 0.9 : random() * 3,
  b: random() < 0.5 ? 0.4 : random(),
  weights: random() < 0.5 ? {} : { title: random() * 4, headings: random() * 3, text: random() < 0.1 ? 0 : 1 },
});

describe('pruned search', () => {
  it('returns exactly what scoring every document does: any segments, settings, filters, deletions and k', () => {
    for (let seed = 1; seed <= 40; seed += 1) {
      const random = seededRandom(seed);
      const vocabulary = 20 + below(random, 300);
      const documents = randomDocuments(random, { count: 1 + below(random, 150), vocabulary, longest: 25 });
      const index = indexInParts(documents, 1 + below(random, 4), random, randomSettings(random));
      const dead = documents.filter(() => random() < 0.1).map(({ ordinal }) => ordinal);
      if (random() < 0.5) index.delete(dead);
      for (let each = 0; each < 3; each += 1) {
        const query = randomQuery(random, vocabulary);
        const k = 1 + below(random, 20);
        const share = random() < 0.5 ? 0.3 : 0.04;
        const allowed = new Set(documents.filter(() => random() < share).map(({ ordinal }) => ordinal));
        const all = exhaustive(index, documents, query, 'en');
        const plain = ({ ordinal, score }: Scored) => ({ ordinal, score });
        const filtered = all.filter(({ ordinal }) => allowed.has(ordinal)).slice(0, k);
        const ascending = [...allowed].sort((one, other) => one - other);
        const search = (options: object) => index.search(query, { k, language: 'en', ...options }).map(plain);
        expect(search({}), `seed ${seed}: ${query}`).toEqual(all.slice(0, k));
        expect(search({ accept: (ordinal: number) => allowed.has(ordinal) }), `seed ${seed}`).toEqual(filtered);
        expect(search({ allowed: ascending }), `seed ${seed}`).toEqual(filtered);
      }
    }
  });

  it('does so over many blocks and windows, where most documents are passed over', () => {
    const random = seededRandom(42);
    const documents = randomDocuments(random, { count: 6000, vocabulary: 400, longest: 14 });
    const index = indexInParts(documents, 1, random, {});
    for (let each = 0; each < 25; each += 1) {
      const query = randomQuery(random, 400);
      // Ask for all to have the exhaustive order; nothing is pruned before k documents are found.
      const all = index.search(query, { k: 10_000, language: 'en' });
      for (const k of [1, 3, 10, 100])
        expect(index.search(query, { k, language: 'en' }), query).toEqual(all.slice(0, k));
      const sample = all.filter((_, rank) => rank % 97 === 0);
      for (const { ordinal, score } of sample) {
        expect(index.explain(ordinal, query, { language: 'en' })!.score).toBe(score);
      }
    }
  });

  it('does not depend on how documents are spread over segments', () => {
    for (let seed = 1; seed <= 10; seed += 1) {
      const random = seededRandom(seed);
      const documents = randomDocuments(random, { count: 300, vocabulary: 100, longest: 20 });
      const [one, many] = [1, 7].map((parts) => indexInParts(documents, parts, random, {}));
      for (let each = 0; each < 10; each += 1) {
        const query = randomQuery(random, 100);
        expect(many!.search(query)).toEqual(one!.search(query));
      }
    }
  });

  it('in plain mode is the BM25 of the textbook', () => {
    const random = seededRandom(9);
    const documents = randomDocuments(random, { count: 120, vocabulary: 80, longest: 30 });
    const index = indexInParts(documents, 3, random, { weights: { title: 1, headings: 1 } });
    for (let each = 0; each < 20; each += 1) {
      const query = `${randomQuery(random, 80)} w1 w1`;
      const expected = textbook(documents, query);
      const hits = index.search(query, { k: 200, plain: true, language: 'en' });
      expect(hits).toHaveLength(expected.size);
      for (const { ordinal, score } of hits) expect(score).toBeCloseTo(expected.get(ordinal)!, 6);
    }
  });
});
