import { type JudgedRanking, UNJUDGED } from './judged-ranking.ts';

/** Relevant documents among the first `cutoff` (all when left out). */
export function relevantReturned(ranking: JudgedRanking, cutoff = ranking.grades.length): number {
  return ranking.grades.slice(0, cutoff).filter((grade) => grade >= ranking.relevanceLevel).length;
}

/** P@k in 0..1: relevant among the first k, divided by k also when fewer came back (trec_eval m_P.c). */
export function precisionAt(ranking: JudgedRanking, k: number): number {
  return relevantReturned(ranking, k) / k;
}

/** Recall@k in 0..1: the share of all relevant documents among the first k; 0 without any (m_recall.c). */
export function recallAt(ranking: JudgedRanking, k: number): number {
  return ranking.relevantCount === 0 ? 0 : relevantReturned(ranking, k) / ranking.relevantCount;
}

/** Precision at rank R, R being the number of relevant documents; 0 without any (m_Rprec.c). */
export function rPrecision(ranking: JudgedRanking): number {
  return recallAt(ranking, ranking.relevantCount);
}

/** Hit rate, `success` in trec_eval: 1 when a relevant document is among the first k, else 0 (m_success.c). */
export function hitAt(ranking: JudgedRanking, k: number): number {
  return relevantReturned(ranking, k) > 0 ? 1 : 0;
}

/** Reciprocal of the first relevant document's rank, 0 when none came back (m_recip_rank.c). */
export function reciprocalRank(ranking: JudgedRanking): number {
  const index = ranking.grades.findIndex((grade) => grade >= ranking.relevanceLevel);
  return index < 0 ? 0 : 1 / (index + 1);
}

/** Unjudged documents among the first k, divided by k: high values mean that the judgements miss this run (m_unjudged.c). */
export function unjudgedAt(ranking: JudgedRanking, k: number): number {
  return ranking.grades.slice(0, k).filter((grade) => grade === UNJUDGED).length / k;
}
