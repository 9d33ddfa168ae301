import { type JudgedRanking, UNJUDGED } from './judged-ranking.ts';

/**
 * Binary preference in 0..1, for incomplete judgements: how rarely the first R judged non-relevant documents rank above
 * relevant ones, R being the number of relevant documents. Unjudged documents are passed over. 0 without any relevant.
 *
 * @see Buckley & Voorhees, SIGIR 2004; https://github.com/usnistgov/trec_eval m_bpref.c
 */
export function bpref(ranking: JudgedRanking): number {
  const { grades, relevantCount, nonrelevantCount, relevanceLevel } = ranking;
  let nonrelevantSeen = 0;
  let sum = 0;
  for (const grade of grades) {
    if (grade === UNJUDGED) continue;
    if (grade < relevanceLevel) nonrelevantSeen += 1;
    else if (nonrelevantSeen === 0) sum += 1;
    else sum += 1 - Math.min(nonrelevantSeen, relevantCount) / Math.min(nonrelevantCount, relevantCount);
  }
  return relevantCount === 0 ? 0 : sum / relevantCount;
}
