import { describe, expect, it } from 'vitest';
import { buildSegment } from '../segment/build-segment.ts';
import type { LexicalDocument } from '../segment/format.ts';
import { openSegment } from '../segment/segment.ts';
import { LexicalIndex, type LexicalIndexSettings } from './lexical-index.ts';

const indexOf = (documents: readonly LexicalDocument[], settings: LexicalIndexSettings = {}): LexicalIndex => {
  const index = new LexicalIndex(settings);
  index.add('only', openSegment(buildSegment(documents)));
  return index;
};
const texts = (...values: string[]): LexicalDocument[] =>
  values.map((text, ordinal) => ({ ordinal, fields: { text }, language: 'en' }));
const ordinals = (index: LexicalIndex, query: string, options = {}): number[] =>
  index.search(query, options).map(({ ordinal }) => ordinal);

describe('a search', () => {
  const index = indexOf(
    texts('the cat sat on the mat', 'dogs chase cats', 'a dog and a dog', 'nothing here', 'cat cat cat cat dog'),
  );

  it('ranks by BM25, names the terms that matched and leaves out documents without any', () => {
    const hits = index.search('cats and dogs');
    expect(hits.map(({ ordinal }) => ordinal)).toEqual([4, 1, 2, 0]);
    expect(hits.map(({ terms }) => terms)).toEqual([['cat', 'dog'], ['cat', 'dog'], ['dog'], ['cat']]);
    expect(hits[0]!.score).toBeGreaterThan(hits[1]!.score);
  });

  it('finds nothing for stop words, punctuation, unknown words and an empty query', () => {
    for (const query of ['the and of', '?!', 'zebra', '', ' \n']) expect(index.search(query)).toEqual([]);
    expect(new LexicalIndex().search('cat')).toEqual([]);
  });

  it('gives equal scores in the order of ordinals, whatever segment they are in', () => {
    const index = new LexicalIndex();
    for (const part of [[5, 1], [9, 3], [2]]) {
      const documents = part.map((ordinal) => ({ ordinal, fields: { text: 'same words' }, language: 'en' }));
      index.add(String(part), openSegment(buildSegment(documents)));
    }
    expect(ordinals(index, 'words')).toEqual([1, 2, 3, 5, 9]);
    expect(ordinals(index, 'words', { k: 2 })).toEqual([1, 2]);
  });

  it('returns only what a filter lets through, and still k of them', () => {
    const many = indexOf(texts(...Array.from({ length: 500 }, (_, each) => `word ${'pad '.repeat(each % 9)}`)));
    const accept = (ordinal: number) => ordinal % 50 === 7;
    const allowed = Array.from({ length: 10 }, (_, each) => each * 50 + 7);
    const expected = ordinals(many, 'word', { k: 500 }).filter(accept).slice(0, 6);
    expect(expected).toHaveLength(6);
    expect(ordinals(many, 'word', { k: 6, accept })).toEqual(expected);
    expect(ordinals(many, 'word', { k: 6, allowed })).toEqual(expected);
    expect(ordinals(many, 'word', { allowed: [] })).toEqual([]);
    expect(ordinals(many, 'word', { allowed: [2 ** 40] })).toEqual([]);
  });

  it('refuses k, k1, b and weights out of range', () => {
    for (const k of [0, -1, 1.5, Number.NaN, 1e9]) {
      expect(() => index.search('cat', { k })).toThrow(expect.objectContaining({ code: 'invalid_option' }));
    }
    for (const settings of [{ b: 2 }, { k1: -1 }, { k1: Number.NaN }, { weights: { title: -1 } }]) {
      expect(() => new LexicalIndex(settings)).toThrow(expect.objectContaining({ code: 'invalid_option' }));
    }
  });

  it('takes a pasted document for a query', () => {
    const query = Array.from({ length: 3000 }, (_, each) => `word${each}`).join(' ');
    expect(ordinals(index, `${query} cat`)).toEqual([]);
    expect(ordinals(index, `cat ${query}`).length).toBeLessThanOrEqual(2);
  });
});

describe('fields', () => {
  const documents: LexicalDocument[] = [
    { ordinal: 1, language: 'en', fields: { text: 'nats streams keep messages for a while', title: 'Other' } },
    { ordinal: 2, language: 'en', fields: { text: 'messages go here for a while indeed', title: 'Streams' } },
    { ordinal: 3, language: 'en', fields: { text: 'messages stay here for a while', headings: ['NATS', 'Streams'] } },
  ];

  it('count as their weights say, and not at all at 0', () => {
    expect(ordinals(indexOf(documents, { weights: { title: 5 } }), 'streams')[0]).toBe(2);
    expect(ordinals(indexOf(documents, { weights: { headings: 5 } }), 'streams')[0]).toBe(3);
    expect(ordinals(indexOf(documents, { weights: { title: 0, headings: 0 } }), 'streams')).toEqual([1]);
  });

  it('at weight 1 are one text', () => {
    const joined = documents.map(({ ordinal, language, fields }) => ({
      ordinal,
      language,
      fields: { text: [fields.title, fields.headings, fields.text].flat().join(' ') },
    }));
    const scores = (index: LexicalIndex) => index.search('streams of messages').map(({ score }) => score);
    const weights = { title: 1, headings: 1 };
    expect(scores(indexOf(documents, { weights }))).toEqual(scores(indexOf(joined, { weights })));
  });
});

describe('identifiers and languages', () => {
  it('an identifier is found however it is written, and the one that matches as a whole comes first', () => {
    const index = indexOf(
      texts('set max and then retries', 'the maxRetries option', 'MAX_RETRIES=3', 'max_retries_total', 'max-retries'),
    );
    const found = ordinals(index, 'max_retries');
    expect(found.toSorted()).toEqual([0, 1, 2, 3, 4]);
    expect(found.slice(0, 3).toSorted()).toEqual([1, 2, 4]);
    expect(ordinals(indexOf(texts('v2.10.4 is out', 'v2.10.5 is out', '4 of 10 in v2')), '2.10.4')[0]).toBe(0);
  });

  it('plain searches by words only', () => {
    const index = indexOf(texts('max retries', 'maxretries'));
    expect(ordinals(index, 'max_retries', { plain: true })).toEqual([0]);
    expect(ordinals(index, 'max_retries')).toEqual([0, 1]);
  });

  it('Japanese, Thai and Chinese questions find their sentence', () => {
    const index = indexOf(
      [
        '東京都の人口はおよそ千四百万人で、日本で最も多い。',
        '大阪府は西日本の経済の中心であり、人口は約八百八十万人である。',
        '京都は千年以上にわたって日本の首都だった。',
        'กรุงเทพมหานครเป็นเมืองหลวงและนครที่มีประชากรมากที่สุดของประเทศไทย',
        'เชียงใหม่เป็นจังหวัดทางภาคเหนือของประเทศไทย มีดอยอินทนนท์เป็นภูเขาที่สูงที่สุด',
        'ภูเก็ตเป็นเกาะที่ใหญ่ที่สุดในประเทศไทย ตั้งอยู่ในทะเลอันดามัน',
        '长江是中国最长的河流，全长约六千三百公里。',
        '黄河流经九个省区，最后注入渤海。',
        '珠穆朗玛峰是世界最高的山峰。',
      ].map((text, ordinal) => ({ ordinal, fields: { text } })),
    );
    for (const [question, expected] of [
      ['東京の人口は何人ですか', 0],
      ['西日本の経済の中心はどこですか', 1],
      ['日本の昔の首都はどこですか', 2],
      ['เมืองหลวงของประเทศไทยคืออะไร', 3],
      ['ภูเขาที่สูงที่สุดอยู่ที่จังหวัดใด', 4],
      ['เกาะที่ใหญ่ที่สุดในทะเลอันดามันชื่ออะไร', 5],
      ['中国最长的河流是什么', 6],
      ['黄河最后流入哪个海', 7],
      ['世界上最高的山峰叫什么', 8],
      ['峰', 8],
    ] as const) {
      expect(ordinals(index, question)[0], question).toBe(expected);
    }
  });

  it('words are found in documents of other languages, and in those whose language was told wrongly', () => {
    const index = indexOf([
      { ordinal: 1, language: 'en', fields: { text: 'replicated streams survive outages' } },
      { ordinal: 2, language: 'nl', fields: { text: 'replicated streams survive outages' } },
      { ordinal: 3, language: 'de', fields: { text: 'Kubernetes betreibt die Anwendungen' } },
    ]);
    expect(ordinals(index, 'what do replicated streams survive').toSorted()).toEqual([1, 2]);
    expect(ordinals(index, 'what is kubernetes')).toEqual([3]);
  });
});

describe('segments that come and go', () => {
  const segment = (...documents: LexicalDocument[]) => openSegment(buildSegment(documents));
  const [first, second, third] = texts('cat one', 'cat two', 'dog three') as [
    LexicalDocument,
    LexicalDocument,
    LexicalDocument,
  ];

  it('are searched as one index and replaced by id', () => {
    const index = new LexicalIndex();
    index.add('a', segment(first));
    index.add('b', segment(second, third));
    expect(ordinals(index, 'cat')).toEqual([0, 1]);
    index.add('merged', segment(first, second, third));
    index.remove('a');
    index.remove('b');
    expect([index.segmentIds, index.has('a'), ordinals(index, 'cat')]).toEqual([['merged'], false, [0, 1]]);
    expect(index.statistics()).toMatchObject({ segments: 1, documents: 3, deletedDocuments: 0, averageLength: 2 });
  });

  it('hide deleted documents at once and count the rest', () => {
    const index = new LexicalIndex();
    index.add('a', segment(first, second, third), [1, 77]);
    expect(ordinals(index, 'cat')).toEqual([0]);
    expect(index.explain(1, 'cat')).toBeUndefined();
    expect([index.delete([0, 1, 5]), index.delete([0])]).toEqual([1, 0]);
    expect(ordinals(index, 'cat dog')).toEqual([2]);
    expect(index.statistics()).toMatchObject({ documents: 1, deletedDocuments: 2, averageLength: 2 });
  });

  it('of another analyzer are refused', () => {
    const index = new LexicalIndex();
    index.add('a', segment(first));
    expect(() => index.add('b', { ...segment(second), analyzer: 'other' })).toThrow(
      expect.objectContaining({ code: 'analyzer_mismatch' }),
    );
    index.add('a', { ...segment(second), analyzer: 'other' });
    expect(index.segmentIds).toEqual(['a']);
  });

  it('account for their memory', () => {
    const index = new LexicalIndex();
    const a = segment(first, second);
    index.add('a', a);
    expect(index.sizeBytes).toBeGreaterThanOrEqual(a.bytes.length);
    index.remove('a');
    expect(index.sizeBytes).toBe(0);
  });
});

describe('an explanation', () => {
  it('adds up to the score, term by term', () => {
    const index = indexOf(texts('cats and dogs', 'a dog', 'birds'));
    const [hit] = index.search('cat dog bird');
    const explanation = index.explain(hit!.ordinal, 'cat dog bird')!;
    expect(explanation.score).toBe(hit!.score);
    expect(explanation).toMatchObject({ documents: 3, length: 2, averageLength: 4 / 3 });
    expect(explanation.terms).toEqual([
      expect.objectContaining({ term: 'cat', documents: 1, occurrences: { title: 0, headings: 0, text: 1 } }),
      expect.objectContaining({ term: 'dog', documents: 2, weight: 1, kind: 'word' }),
      expect.objectContaining({ term: 'bird', score: 0, occurrences: { title: 0, headings: 0, text: 0 } }),
    ]);
    expect(explanation.terms.reduce((sum, { score }) => sum + score, 0)).toBe(hit!.score);
    expect(index.explain(99, 'cat')).toBeUndefined();
  });
});
