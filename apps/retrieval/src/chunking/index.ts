export type { Chunk, ChunkerSettings, TokenEnds } from './chunk.ts';
export { DEFAULT_CHUNKER_SETTINGS } from './chunk.ts';
export { chunkDocument } from './chunk-document.ts';
