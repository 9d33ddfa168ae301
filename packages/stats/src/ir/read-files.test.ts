import { describe, expect, it } from 'vitest';
import { parseBeirQrels } from './beir-qrels.ts';
import { parseTrecQrels } from './trec-qrels.ts';
import { parseTrecRun } from './trec-run.ts';

const asObject = (qrels: ReadonlyMap<string, ReadonlyMap<string, number>>) =>
  Object.fromEntries([...qrels].map(([query, judged]) => [query, Object.fromEntries(judged)]));

describe('a TREC run', () => {
  it('is read by query; rank, comments, blank lines, CRLF and fields after the tag do not matter', () => {
    const run = parseTrecRun(
      '\uFEFF# made by us\r\nq1 Q0 d1 9 1.5e1 tag\r\n\r\nq1\tQ0\td2\t1\t-2\ttag more\nq2 Q0 d1 0 0 tag',
    );
    expect(run.get('q1')).toEqual([
      { documentId: 'd1', score: 15 },
      { documentId: 'd2', score: -2 },
    ]);
    expect(run.get('q2')).toEqual([{ documentId: 'd1', score: 0 }]);
  });

  it('of no lines is an empty run', () => expect(parseTrecRun('').size).toBe(0));

  it.each([
    ['q1 Q0 d1 1 0.5 tag\nq1 Q0 d2 2 0.4', 'stats.malformed_line', 2],
    ['\n\nq1 Q0 d1 1 high tag', 'stats.invalid_score', 3],
    ['q1 Q0 d1 1 NaN tag', 'stats.invalid_score', 1],
    ['q1 Q0 d1 1 2 tag\nq2 Q0 d1 1 2 tag\nq1 Q0 d1 2 1 tag', 'stats.duplicate_document', 3],
  ])('%j is refused with %s and its line', (text, code, line) => {
    expect(() => parseTrecRun(text)).toThrow(expect.objectContaining({ code, line }));
  });
});

describe('TREC judgements', () => {
  it('are grades by query and document, negative ones too', () => {
    expect(asObject(parseTrecQrels('1 0 a 2\n1\t0\tb\t-1\n2 x a 0\n'))).toEqual({ 1: { a: 2, b: -1 }, 2: { a: 0 } });
  });

  it.each([
    ['1 0 a', 'stats.malformed_line', 1],
    ['1 0 a 1 more', 'stats.malformed_line', 1],
    ['1 0 a 1\n1 0 b 0.5', 'stats.malformed_line', 2],
    ['1 0 a 128', 'stats.malformed_line', 1],
    ['1 0 a 1\n# again\n1 1 a 1', 'stats.duplicate_document', 3],
  ])('%j is refused with %s and its line', (text, code, line) => {
    expect(() => parseTrecQrels(text)).toThrow(expect.objectContaining({ code, line }));
  });
});

describe('BEIR judgements', () => {
  const body = '1\tdoc one\t1\r\n1\tdoc2\t0\r\n';

  it('are read with and without their header', () => {
    const expected = { 1: { 'doc one': 1, doc2: 0 } };
    expect(asObject(parseBeirQrels(`query-id\tcorpus-id\tscore\r\n${body}`))).toEqual(expected);
    expect(asObject(parseBeirQrels(body))).toEqual(expected);
  });

  it.each([
    ['q\td\tscore\n1 d 1', 'stats.malformed_line', 2],
    ['q\td\tscore\n1\td\tmany', 'stats.malformed_line', 2],
    ['q\td\tscore\n1\td\t1\n1\td\t0', 'stats.duplicate_document', 3],
  ])('%j is refused with %s and its line', (text, code, line) => {
    expect(() => parseBeirQrels(text)).toThrow(expect.objectContaining({ code, line }));
  });
});
