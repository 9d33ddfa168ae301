export { ensureParser } from './ensure-parser.ts';
export type { ParseLimits } from './limits.ts';
export type { ParseFailureCode } from './parse-failure.ts';
export { ParseFailure } from './parse-failure.ts';
export type { Block, BlockKind, Box, Page, ParsedDocument } from './parsed-document.ts';
export type { ParserPoolOptions } from './parser-pool.ts';
export { ParserPool } from './parser-pool.ts';
export type { SourceFile } from './read-document.ts';
