import type { RerankCandidate, RerankQuery } from './candidate.ts';
import { centroidFeature } from './centroid-feature.ts';
import { scaleToRange } from './scale.ts';
import { TextMatcher } from './text-matcher.ts';

export const rerankFeatureNames = ['fused', 'centroid', 'window', 'pairs'] as const;

/** Each from 0 to 1, more is better, and free of the scales of arms and embedders. */
export type RerankFeatures = Readonly<Record<(typeof rerankFeatureNames)[number], number>>;

/** @param candidates in the order of the search */
export function rerankFeatures(query: RerankQuery, candidates: readonly RerankCandidate[]): RerankFeatures[] {
  const fused = scaleToRange(candidates.map(({ score }) => score));
  const centroid = centroidFeature(candidates);
  const matcher = new TextMatcher(query.terms);
  return candidates.map((candidate, index) => ({
    fused: fused[index]!,
    centroid: centroid[index]!,
    ...matcher.features(candidate),
  }));
}
