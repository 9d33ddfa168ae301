import { compareRuns, evaluateRun } from '../../../packages/stats/src/index.ts';

const measures = ['ndcg_cut_10', 'recall_100', 'success_1'];

/** Rankings (a list of ordinals per query) against the collection's judgements. */
export function evaluate({ relevant }, rankings) {
  const qrels = new Map(relevant.map((ordinals, at) => [`q${at}`, new Map(ordinals.map((each) => [`${each}`, 1]))]));
  const run = new Map(
    rankings.map((ranking, at) => [
      `q${at}`,
      ranking.slice(0, 100).map((ordinal, rank) => ({ documentId: `${ordinal}`, score: 1000 - rank })),
    ]),
  );
  return evaluateRun(run, qrels, measures, { complete: true });
}

export function print(what, evaluation, baseline) {
  const figures = measures.map((name) => evaluation.summary[name].toFixed(4)).join('  ');
  if (!baseline) return console.log(`${what.padEnd(44)} ${figures}`);
  const { difference, pValue, wins, ties, losses } = compareRuns(baseline, evaluation, 'ndcg_cut_10', {
    complete: true,
  });
  const [change, low, high] = [difference.mean, difference.low, difference.high].map((value) => value.toFixed(4));
  const against = `${change} [${low}, ${high}] p ${pValue.toFixed(3)}  ${wins}/${ties}/${losses}`;
  console.log(`${what.padEnd(44)} ${figures}  ${against}`);
}
