export { ANALYZER_VERSION, analyze } from './analyze/analyze.ts';
export { detectLanguage } from './analyze/detect-language.ts';
export type { AnalyzedTerm } from './analyze/token.ts';
export { LexicalError } from './lexical-error.ts';
export {
  type LexicalHit,
  LexicalIndex,
} from './search/lexical-index.ts';
export type { WeightedTerm } from './search/query-terms.ts';
export { buildSegment } from './segment/build-segment.ts';
export type { LexicalDocument } from './segment/format.ts';
export { chooseMerge } from './segment/merge-policy.ts';
export { mergeSegments } from './segment/merge-segments.ts';
export { openSegment } from './segment/segment.ts';
