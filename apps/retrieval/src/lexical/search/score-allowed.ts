import type { SegmentSearch } from './score-segment.ts';
import type { TopDocuments } from './top-documents.ts';

/**
 * Scores the documents that a strict filter lets through, one by one: strongest terms first, until what is left cannot
 * lift the document over the threshold. Blocks without any of these documents are never decoded.
 */
export function scoreAllowed(
  { scorers, ordinals, isAllowed, keep }: SegmentSearch,
  allowed: readonly number[],
  top: TopDocuments,
): void {
  const strongest = scorers.toSorted((one, other) => other.most - one.most);
  // What the terms from each on can add at most.
  const reach = new Float64Array(strongest.length);
  for (let index = strongest.length - 1, sum = 0; index >= 0; index -= 1) {
    sum += strongest[index]!.most;
    reach[index] = sum;
  }
  for (const document of allowed) {
    let score = 0;
    let index = 0;
    for (; index < strongest.length && score + reach[index]! >= top.threshold; index += 1) {
      const scorer = strongest[index]!;
      if (scorer.cursor.seek(document) === document) score += scorer.score();
    }
    if (index < strongest.length || score === 0 || score < top.threshold) continue;
    if (!top.wouldKeep(score, ordinals[document]!)) continue;
    if (isAllowed === undefined || isAllowed(document)) keep(document, score);
  }
}
