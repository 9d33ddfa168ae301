export type { ParseFailureCode } from './parse-failure.ts';
export { ParseFailure } from './parse-failure.ts';
export type { Block, BlockKind, Box, Page, ParsedDocument } from './parsed-document.ts';
