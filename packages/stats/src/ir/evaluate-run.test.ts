import { describe, expect, it } from 'vitest';
import { evaluateRun } from './evaluate-run.ts';
import { judgeRanking } from './judged-ranking.ts';
import { measureNamed } from './measure.ts';
import { ndcg } from './ndcg.ts';
import { rankDocuments } from './rank-documents.ts';
import { parseTrecQrels } from './trec-qrels.ts';
import { parseTrecRun } from './trec-run.ts';

const run = (...lines: string[]) => parseTrecRun(lines.map((line) => `${line} tag`).join('\n'));
const qrels = (...lines: string[]) => parseTrecQrels(lines.join('\n'));
const everyMeasure = [
  ...[
    'map',
    'gm_map',
    'ndcg',
    'Rprec',
    'bpref',
    'recip_rank',
    'P_5',
    'recall_5',
    'success_5',
    'ndcg_cut_5',
    'map_cut_5',
  ],
  'iprec_at_recall_0.00',
];

describe('the order of documents', () => {
  it('is by score, and by id downwards where scores are equal, whatever order and rank were given', () => {
    const documents = [
      { documentId: 'a', score: 1 },
      { documentId: 'c', score: 1 },
      { documentId: 'z', score: 0 },
      { documentId: 'b', score: 1 },
    ];
    expect(rankDocuments(documents)).toEqual(['c', 'b', 'a', 'z']);
    expect(rankDocuments(documents.toReversed())).toEqual(['c', 'b', 'a', 'z']);
  });

  it('of ids is that of their UTF-8 bytes', () => {
    const ids = ['a', 'ab', 'é', '\u{ff5e}', '\u{1f600}', '\u{1f600}b', ''];
    const bytewise = [...ids].sort((a, b) => Buffer.compare(Buffer.from(b), Buffer.from(a)));
    expect(rankDocuments(ids.map((documentId) => ({ documentId, score: 0 })))).toEqual(bytewise);
  });

  it('is refused where a document comes twice or a score is not a number', () => {
    const twice = [
      { documentId: 'a', score: 1 },
      { documentId: 'a', score: 0 },
    ];
    expect(() => rankDocuments(twice)).toThrow(expect.objectContaining({ code: 'stats.duplicate_document' }));
    expect(() => rankDocuments([{ documentId: 'a', score: Number.NaN }])).toThrow(
      expect.objectContaining({ code: 'stats.invalid_score' }),
    );
  });
});

describe('the averages', () => {
  const judged = qrels('q1 0 a 1', 'q2 0 a 1', 'q3 0 a 1');
  const answered = run('q1 Q0 a 1 9', 'q2 Q0 b 1 9', 'q2 Q0 a 2 8', 'foreign Q0 a 1 9');

  it('are over the queries that run and judgements share', () => {
    const { summary, queryCount, missingQueryIds, queries } = evaluateRun(answered, judged, ['map', 'num_rel']);
    expect([...queries.keys()]).toEqual(['q1', 'q2']);
    expect(missingQueryIds).toEqual(['q3']);
    expect(queryCount).toBe(2);
    expect(summary).toEqual({ map: 0.75, num_rel: 2 });
  });

  it('are over all judged queries when complete, the missing ones at 0', () => {
    const { summary, queryCount } = evaluateRun(answered, judged, ['map', 'gm_map'], { complete: true });
    expect(queryCount).toBe(3);
    expect(summary['map']).toBeCloseTo(0.5, 12);
    expect(summary['gm_map']).toBeCloseTo((1 * 0.5 * 0.00001) ** (1 / 3), 12);
  });

  it('of an empty run are refused, and 0 when complete', () => {
    expect(() => evaluateRun(new Map(), judged, ['map'])).toThrow(
      expect.objectContaining({ code: 'stats.no_judged_query' }),
    );
    expect(evaluateRun(new Map(), judged, ['map'], { complete: true }).summary).toEqual({ map: 0 });
  });

  it('treat an empty list as a query that is not in the run, as a run file does', () => {
    expect(evaluateRun(new Map([...answered, ['q3', []]]), judged, ['map']).missingQueryIds).toEqual(['q3']);
  });
});

describe('a query', () => {
  it('without a relevant document is 0 in every measure, and counts', () => {
    const { queries, queryCount } = evaluateRun(run('q Q0 a 1 9'), qrels('q 0 a 0', 'q 0 b -1'), everyMeasure);
    expect(queryCount).toBe(1);
    expect(new Set(Object.values(queries.get('q')!))).toEqual(new Set([0]));
  });

  it('with the best ranking is 1 in every measure that can reach it', () => {
    const lines = ['5', '4', '3', '2', '1'].map((score) => `q Q0 d${score} 1 ${score}`);
    const judged = qrels(...['5', '4', '3', '2', '1'].map((grade) => `q 0 d${grade} ${grade}`));
    const { queries } = evaluateRun(run(...lines), judged, everyMeasure);
    expect(new Set(Object.values(queries.get('q')!))).toEqual(new Set([1]));
  });

  it('counts as relevant only what reaches the level; nDCG goes by the grades alone', () => {
    const judged = qrels('q 0 a 1', 'q 0 b 2');
    const ofLevel = (relevanceLevel: number) =>
      evaluateRun(run('q Q0 a 1 9', 'q Q0 b 2 8'), judged, ['recip_rank', 'num_rel', 'ndcg'], { relevanceLevel })
        .summary;
    const gain = (1 + 2 / Math.log2(3)) / (2 + 1 / Math.log2(3));
    expect(ofLevel(1)).toEqual({ recip_rank: 1, num_rel: 2, ndcg: expect.closeTo(gain, 12) });
    expect(ofLevel(2)).toEqual({ recip_rank: 0.5, num_rel: 1, ndcg: expect.closeTo(gain, 12) });
    expect(() => ofLevel(0)).toThrow(expect.objectContaining({ code: 'stats.invalid_option' }));
  });

  it('is not lowered in bpref by documents that nobody judged, and is in precision', () => {
    const judged = qrels('q 0 r1 1', 'q 0 r2 1', 'q 0 n 0', 'q 0 pooled -1');
    const ranked = (...ids: string[]) => run(...ids.map((id, index) => `q Q0 ${id} 0 ${-index}`));
    const measures = ['bpref', 'P_5', 'unj_5'];
    const { summary: without } = evaluateRun(ranked('r1', 'n', 'r2'), judged, measures);
    const { summary: among } = evaluateRun(ranked('new', 'pooled', 'r1', 'n', 'x', 'r2'), judged, measures);
    expect(without).toEqual({ bpref: 0.5, P_5: 0.4, unj_5: 0 });
    expect(among).toEqual({ bpref: 0.5, P_5: 0.2, unj_5: 0.6 });
  });
});

describe('a measure', () => {
  it('has a name of trec_eval', () => {
    for (const name of ['P_0', 'P_1.5', 'P', 'ndcg_cut_', 'iprec_at_recall_1.1', 'toString', 'constructor_1', '']) {
      expect(() => measureNamed(name), name).toThrow(expect.objectContaining({ code: 'stats.unknown_measure' }));
    }
  });

  it('nDCG never falls when two neighbours are put in order of grade', () => {
    const judgements = new Map(Array.from({ length: 12 }, (_, index) => [`d${index}`, (index * 7) % 5]));
    const ids = [...judgements.keys()];
    for (let i = 0; i + 1 < ids.length; i++) {
      const better = [...ids];
      if (judgements.get(ids[i]!)! < judgements.get(ids[i + 1]!)!) [better[i], better[i + 1]] = [ids[i + 1]!, ids[i]!];
      expect(ndcg(judgeRanking(better, judgements))).toBeGreaterThanOrEqual(ndcg(judgeRanking(ids, judgements)));
    }
  });
});
