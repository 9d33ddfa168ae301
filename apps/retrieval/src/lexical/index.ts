export { ANALYZER_VERSION, analyze } from './analyze/analyze.ts';
export { detectLanguage } from './analyze/detect-language.ts';
export type { AnalyzedTerm, TermKind } from './analyze/token.ts';
export { LexicalError, type LexicalErrorCode } from './lexical-error.ts';
export type { Bm25Settings, FieldWeights } from './search/bm25.ts';
export type { LexicalExplanation, TermExplanation } from './search/explain.ts';
export {
  type LexicalHit,
  LexicalIndex,
  type LexicalIndexSettings,
  type LexicalQueryOptions,
  type LexicalSearchOptions,
  type LexicalStatistics,
} from './search/lexical-index.ts';
export type { WeightedTerm } from './search/query-terms.ts';
export { buildSegment } from './segment/build-segment.ts';
export type { LexicalDocument, LexicalFields } from './segment/format.ts';
export { chooseMerge, type MergePolicy, type SegmentSummary } from './segment/merge-policy.ts';
export { mergeSegments } from './segment/merge-segments.ts';
export { openSegment, type Segment } from './segment/segment.ts';
