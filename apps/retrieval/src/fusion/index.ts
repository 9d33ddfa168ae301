export {
  type DiverseItem,
  type DiversityCandidate,
  type MarginalRelevanceOptions,
  maximalMarginalRelevance,
} from './maximal-marginal-relevance.ts';
export {
  type ArmResult,
  type FusedItem,
  FusionError,
  type FusionErrorCode,
  type ItemId,
  type RankedItem,
  type RankedList,
} from './ranked-list.ts';
export { type ReciprocalRankOptions, reciprocalRankFusion } from './reciprocal-rank-fusion.ts';
export { type Normalisation, type WeightedFusionOptions, weightedFusion } from './weighted-fusion.ts';
