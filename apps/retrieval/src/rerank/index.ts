export type { RerankCandidate, RerankQuery, RerankTerm } from './candidate.ts';
export type { RerankFeatures } from './features.ts';
export { type RerankedCandidate, type RerankOptions, rerank } from './rerank.ts';
export { RERANKER_VERSION } from './weights.ts';
