export { maximalMarginalRelevance } from './maximal-marginal-relevance.ts';
export type {
  FusedItem,
  RankedList,
} from './ranked-list.ts';
export { reciprocalRankFusion } from './reciprocal-rank-fusion.ts';
export { weightedFusion } from './weighted-fusion.ts';
