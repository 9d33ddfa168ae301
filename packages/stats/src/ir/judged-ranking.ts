/** The grade of a document that nobody judged: not in the judgements, or in them with a grade below 0. */
export const UNJUDGED = -1;

/** One query's ranking with what is known of its documents; all that a measure needs. */
export interface JudgedRanking {
  /** Grade at each rank, best rank first; `UNJUDGED` where there is none. */
  readonly grades: readonly number[];
  /** Grades above 0 of all judged documents, returned or not, highest first: the best ranking possible. */
  readonly idealGrades: readonly number[];
  /** Documents judged at `relevanceLevel` or above, returned or not. */
  readonly relevantCount: number;
  /** Documents judged below it, returned or not. */
  readonly nonrelevantCount: number;
  /** The lowest grade that counts as relevant. */
  readonly relevanceLevel: number;
}

/** Looks up the grades of `documentIds` (best first) in one query's judgements. */
export function judgeRanking(
  documentIds: readonly string[],
  judgements: ReadonlyMap<string, number>,
  relevanceLevel = 1,
): JudgedRanking {
  const judged = [...judgements.values()].filter((grade) => grade >= 0);
  const relevantCount = judged.filter((grade) => grade >= relevanceLevel).length;
  return {
    grades: documentIds.map((id) => Math.max(judgements.get(id) ?? UNJUDGED, UNJUDGED)),
    idealGrades: judged.filter((grade) => grade > 0).sort((a, b) => b - a),
    relevantCount,
    nonrelevantCount: judged.length - relevantCount,
    relevanceLevel,
  };
}
