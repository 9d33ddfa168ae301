export type { Chunk } from './chunk.ts';
export { chunkDocument } from './chunk-document.ts';
