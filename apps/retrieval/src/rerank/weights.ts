import type { RerankFeatures } from './features.ts';

/** Changes with every change of features or weights. */
export const RERANKER_VERSION = 'features-1';

/**
 * Fitted by bench/retrieval/rerank on SciFact's training claims and on headings of the NATS documentation, each asking
 * for its section, with two embedders: those of one collection alone are worth little on the other.
 */
export const rerankWeights: RerankFeatures = { fused: 4.6, centroid: 1.34, window: 1.3, pairs: 0.19 };
