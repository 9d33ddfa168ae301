import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { evaluateRun } from './evaluate-run.ts';
import { parseTrecQrels } from './trec-qrels.ts';
import { parseTrecRun } from './trec-run.ts';

const fixture = (name: string) => readFileSync(new URL(`../../fixtures/${name}`, import.meta.url), 'utf8');

/** Measures of trec_eval that this package leaves out; everything else in the reference output has to agree. */
const notOffered =
  /^(runid|num_q|relstring|infAP|gm_bpref|Rprec_mult_.+|utility|11pt_avg|binG|G|ndcg_rel|Rndcg|relative_P_.+|set_.+|num_nonrel_judged_ret|rbp|rbp_resid)$/;

describe('the official trec_eval output', () => {
  const reference = fixture('trec-eval/out.test.aq')
    .trim()
    .split('\n')
    .map((line) => line.split('\t').map((field) => field.trim()) as [string, string, string]);
  const offered = reference.filter(([measure]) => !notOffered.test(measure));
  const names = [...new Set(offered.map(([measure]) => measure))];
  const result = evaluateRun(
    parseTrecRun(fixture('trec-eval/results.test')),
    parseTrecQrels(fixture('trec-eval/qrels.test')),
    names,
  );

  it('has the measures that this test is about', () => {
    expect(names).toEqual(expect.arrayContaining(['map', 'ndcg', 'ndcg_cut_10', 'bpref', 'recall_100', 'success_1']));
    expect(offered.length).toBeGreaterThan(200);
    expect(reference).toContainEqual(['num_q', 'all', String(result.queryCount)]);
  });

  it.each(names)('%s equals it to 4 decimals, for each query and over all', (name) => {
    for (const [, queryId, value] of offered.filter(([measure]) => measure === name)) {
      const ours = queryId === 'all' ? result.summary[name] : result.queries.get(queryId)?.[name];
      expect(ours?.toFixed(4), `query ${queryId}`).toBe(Number(value).toFixed(4));
    }
  });
});

describe('graded and incomplete judgements with many tied scores', () => {
  const run = parseTrecRun(fixture('graded/run.txt'));
  const qrels = parseTrecQrels(fixture('graded/qrels.txt'));
  const reference = JSON.parse(fixture('graded/expected.json')) as Record<
    string,
    Record<string, Record<string, number>>
  >;

  it.each([1, 2, 3])('equal trec_eval for every query at relevance level %i', (relevanceLevel) => {
    const expected = reference[relevanceLevel]!;
    const { queries } = evaluateRun(run, qrels, Object.keys(Object.values(expected)[0]!), { relevanceLevel });
    expect([...queries.keys()].sort()).toEqual(Object.keys(expected).sort());
    for (const [queryId, values] of Object.entries(expected)) {
      for (const [name, value] of Object.entries(values)) {
        expect(queries.get(queryId)?.[name], `${name} of ${queryId}`).toBeCloseTo(value, 7);
      }
    }
  });
});
