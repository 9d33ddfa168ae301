import type { JudgedRanking } from './judged-ranking.ts';

/**
 * Average precision in 0..1: the precision at each relevant document's rank, summed, divided by the number of relevant
 * documents returned or not. `cutoff` looks at the first ranks only (map_cut); the divisor stays. 0 without any relevant.
 *
 * @see https://github.com/usnistgov/trec_eval m_map.c, m_map_cut.c
 */
export function averagePrecision(ranking: JudgedRanking, cutoff = ranking.grades.length): number {
  let seen = 0;
  let sum = 0;
  for (const [index, grade] of ranking.grades.slice(0, cutoff).entries()) {
    if (grade < ranking.relevanceLevel) continue;
    seen += 1;
    sum += seen / (index + 1);
  }
  return ranking.relevantCount === 0 ? 0 : sum / ranking.relevantCount;
}

/**
 * Interpolated precision at a recall in 0..1: the highest precision at that recall or beyond; 0 when it is not reached.
 *
 * @see https://github.com/usnistgov/trec_eval m_iprec_at_recall.c, which rounds recall × relevant since version 10
 */
export function interpolatedPrecision(ranking: JudgedRanking, recall: number): number {
  const needed = Math.round(recall * ranking.relevantCount);
  let seen = 0;
  let highest = 0;
  for (const [index, grade] of ranking.grades.entries()) {
    if (grade >= ranking.relevanceLevel) seen += 1;
    if (seen >= needed) highest = Math.max(highest, seen / (index + 1));
  }
  return highest;
}
