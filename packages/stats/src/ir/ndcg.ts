import type { JudgedRanking } from './judged-ranking.ts';

/**
 * Normalised discounted cumulative gain in 0..1: Σ grade / log2(rank + 1), divided by the same of the best ranking possible.
 * The gain is the grade itself (not 2^grade - 1); unjudged documents gain nothing; `relevanceLevel` has no effect.
 * `cutoff` looks at the first ranks of both (ndcg_cut). 0 when no document has a grade above 0.
 *
 * @see Järvelin & Kekäläinen 2002; https://github.com/usnistgov/trec_eval m_ndcg.c, m_ndcg_cut.c
 */
export function ndcg(ranking: JudgedRanking, cutoff = Number.POSITIVE_INFINITY): number {
  const ideal = discountedGain(ranking.idealGrades, cutoff);
  return ideal === 0 ? 0 : discountedGain(ranking.grades, cutoff) / ideal;
}

function discountedGain(grades: readonly number[], cutoff: number): number {
  let sum = 0;
  for (const [index, grade] of grades.entries()) {
    if (index >= cutoff) break;
    if (grade > 0) sum += grade / Math.log2(index + 2);
  }
  return sum;
}
