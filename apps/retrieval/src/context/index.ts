export { refusalPrompt } from './compose-prompt.ts';
export {
  type FoundPassage,
  type PackedContext,
  type PackedPassage,
  packPassages,
  type TextTokens,
} from './pack-passages.ts';
export { rewriteQuery } from './rewrite-query.ts';
