import { crc32 } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { below, randomDocuments, randomText, seededRandom } from '../../../test/lexical-documents.ts';
import { ANALYZER_VERSION } from '../analyze/analyze.ts';
import { LexicalError } from '../lexical-error.ts';
import { LexicalIndex } from '../search/lexical-index.ts';
import { buildSegment } from './build-segment.ts';
import { HEADER_BYTES, type LexicalDocument } from './format.ts';
import { mergeSegments } from './merge-segments.ts';
import { PostingsCursor } from './postings-cursor.ts';
import { findTerm, openSegment, type Segment } from './segment.ts';

const document = (ordinal: number, text: string, more: Partial<LexicalDocument['fields']> = {}): LexicalDocument => ({
  ordinal,
  language: 'en',
  fields: { text, ...more },
});

/** Ordinal and occurrences of each document of a term. */
function postingsOf(
  segment: Segment,
  term: string,
): [ordinal: number, title: number, headings: number, text: number][] {
  const entry = findTerm(segment, term);
  const postings: [number, number, number, number][] = [];
  const cursor = entry && new PostingsCursor(segment, entry);
  while (cursor?.nextBlock()) {
    for (let at = 0; at < cursor.count; at += 1) {
      const ordinal = segment.ordinals[cursor.documents[at]!]!;
      postings.push([ordinal, cursor.title[at]!, cursor.headings[at]!, cursor.text[at]!]);
    }
  }
  return postings;
}

describe('a segment', () => {
  it('gives back ordinals, lengths, languages and the occurrences of each term by field', () => {
    const segment = openSegment(
      buildSegment([
        document(2 ** 40, 'zebra apple'),
        document(7, 'apple apple pear', { title: 'Apple', headings: ['Fruit', 'Apples'] }),
        { ordinal: 9, fields: { text: '黑豹' } },
      ]),
    );
    expect(segment.analyzer).toBe(ANALYZER_VERSION);
    expect([...segment.ordinals]).toEqual([7, 9, 2 ** 40]);
    expect([...segment.lengths.text]).toEqual([3, expect.any(Number), 2]);
    expect([...segment.lengths.title]).toEqual([1, 0, 0]);
    expect([...segment.lengths.headings]).toEqual([2, 0, 0]);
    expect(segment.languages).toEqual([
      { language: 'en', documents: 2 },
      { language: 'zh', documents: 1 },
    ]);
    expect(postingsOf(segment, 'appl')).toEqual([
      [7, 1, 1, 2],
      [2 ** 40, 0, 0, 1],
    ]);
    expect(findTerm(segment, 'app')).toBeUndefined();
    expect(findTerm(segment, '')).toBeUndefined();
    expect(findTerm(segment, '\u{10ffff}')).toBeUndefined();
  });

  it('has every term that was put in, over many blocks and in documents of hundreds of repeats', () => {
    const documents = Array.from({ length: 1000 }, (_, ordinal) =>
      document(
        ordinal,
        `common ${'often '.repeat(ordinal % 300)} only${ordinal} ${ordinal % 7 === 0 ? 'seventh' : ''}`,
      ),
    );
    const segment = openSegment(buildSegment(documents));
    expect(postingsOf(segment, 'common')).toEqual(documents.map(({ ordinal }) => [ordinal, 0, 0, 1]));
    expect(postingsOf(segment, 'often').map(([ordinal, , , text]) => [ordinal, text])).toEqual(
      documents.filter(({ ordinal }) => ordinal % 300 > 0).map(({ ordinal }) => [ordinal, ordinal % 300]),
    );
    expect(postingsOf(segment, 'seventh')).toHaveLength(143);
    for (const { ordinal } of documents) expect(postingsOf(segment, `only${ordinal}`)).toEqual([[ordinal, 0, 0, 1]]);
  });

  it('may be empty, and may hold documents without words', () => {
    expect(openSegment(buildSegment([])).documents).toBe(0);
    const empty = openSegment(buildSegment([document(1, ''), document(2, '...')]));
    expect([empty.documents, empty.terms.size]).toEqual([2, 0]);
    expect(openSegment(mergeSegments([empty], () => false)).documents).toBe(0);
  });

  it('refuses ordinals that are no whole numbers to 2^40, and one ordinal twice', () => {
    for (const ordinal of [-1, 0.5, Number.NaN, 2 ** 40 + 1]) {
      expect(() => buildSegment([document(ordinal, 'x')])).toThrow(
        expect.objectContaining({ code: 'invalid_document' }),
      );
    }
    expect(() => buildSegment([document(1, 'x'), document(1, 'y')])).toThrow(
      expect.objectContaining({ code: 'duplicate_ordinal' }),
    );
  });

  it('is a small part of its text', () => {
    const random = seededRandom(3);
    const documents = Array.from({ length: 500 }, (_, ordinal) => document(ordinal, randomText(random, 5000, 300)));
    const textBytes = documents.reduce((sum, { fields }) => sum + fields.text.length, 0);
    expect(buildSegment(documents).length).toBeLessThan(textBytes * 0.6);
  });
});

describe('merging', () => {
  it('gives the bytes that building the live documents at once would give', () => {
    for (let seed = 1; seed <= 12; seed += 1) {
      const random = seededRandom(seed);
      const documents = randomDocuments(random, { count: 1 + below(random, 400), vocabulary: 300, longest: 20 });
      const parts: LexicalDocument[][] = Array.from({ length: 1 + below(random, 6) }, () => []);
      for (const each of documents) parts[below(random, parts.length)]!.push(each);
      const dead = new Set(documents.filter(() => random() < 0.2).map(({ ordinal }) => ordinal));
      const segments = parts.map((part) => openSegment(buildSegment(part)));
      const merged = mergeSegments(segments, (ordinal) => !dead.has(ordinal));
      const built = buildSegment(documents.filter(({ ordinal }) => !dead.has(ordinal)));
      expect(Buffer.compare(merged, built), `seed ${seed}`).toBe(0);
    }
  });

  it('refuses one ordinal in two segments, unless it is dead, and nothing at all', () => {
    const segments = [openSegment(buildSegment([document(1, 'x')])), openSegment(buildSegment([document(1, 'y')]))];
    expect(() => mergeSegments(segments)).toThrow(expect.objectContaining({ code: 'duplicate_ordinal' }));
    expect(openSegment(mergeSegments(segments, () => false)).documents).toBe(0);
    expect(() => mergeSegments([])).toThrow(expect.objectContaining({ code: 'invalid_option' }));
  });

  it('refuses segments of another analyzer', () => {
    const segment = openSegment(buildSegment([document(1, 'x')]));
    expect(() => mergeSegments([segment, { ...segment, analyzer: 'other' }])).toThrow(
      expect.objectContaining({ code: 'analyzer_mismatch' }),
    );
  });
});

describe('damaged bytes', () => {
  const whole = buildSegment(randomDocuments(seededRandom(5), { count: 300, vocabulary: 200, longest: 30 }));

  it('are refused wherever a byte differs, is missing or is one too many', () => {
    const random = seededRandom(6);
    for (let attempt = 0; attempt < 1000; attempt += 1) {
      const bytes = new Uint8Array(whole);
      bytes[below(random, bytes.length)]! ^= 1 + below(random, 255);
      expect(() => openSegment(bytes)).toThrow(LexicalError);
    }
    for (let length = 0; length < 200; length += 1)
      expect(() => openSegment(whole.slice(0, length))).toThrow(LexicalError);
    expect(() => openSegment(new Uint8Array([...whole, 0]))).toThrow(
      expect.objectContaining({ code: 'corrupt_segment' }),
    );
  });

  it('with a checksum that fits are either read or refused, by opening, searching and merging alike', () => {
    const random = seededRandom(7);
    let refused = 0;
    for (let attempt = 0; attempt < 800; attempt += 1) {
      const bytes = new Uint8Array(whole);
      const damaged = 1 + below(random, 3);
      for (let each = 0; each < damaged; each += 1) {
        const near = random() < 0.5 ? 2000 : bytes.length - HEADER_BYTES;
        bytes[HEADER_BYTES + below(random, near)] = random() < 0.5 ? below(random, 256) : 255;
      }
      new DataView(bytes.buffer).setUint32(8, crc32(bytes.subarray(HEADER_BYTES)), true);
      try {
        const segment = openSegment(bytes);
        const index = new LexicalIndex();
        index.add('damaged', segment);
        index.search('w0 w1 w2 w3 w5 w8 w13 w50 w100', { k: 5 });
        mergeSegments([segment]);
      } catch (error) {
        if (!(error instanceof LexicalError)) throw error;
        refused += 1;
      }
    }
    expect(refused).toBeGreaterThan(150);
  });

  it('of a later format are told apart from damage', () => {
    const bytes = new Uint8Array(whole);
    bytes[4] = 2;
    expect(() => openSegment(bytes)).toThrow(expect.objectContaining({ code: 'unsupported_format' }));
  });
});
