export { ensureParser } from './ensure-parser.ts';
export { ParseFailure } from './parse-failure.ts';
export type { Block, BlockKind, Box, ParsedDocument } from './parsed-document.ts';
export { ParserPool } from './parser-pool.ts';
export type { SourceFile } from './read-document.ts';
