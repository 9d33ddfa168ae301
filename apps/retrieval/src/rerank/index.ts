export type { RerankCandidate, RerankTerm } from './candidate.ts';
export { rerank } from './rerank.ts';
export { RERANKER_VERSION } from './weights.ts';
